# List Docker's IPv4 chains, once with iptables and once with nft.
# Needs: root on the host; first run tools.sh.
iptables --version
for table in filter nat; do iptables -t $table -S; done |
  sed -n 's/^-N \(DOCKER[A-Z0-9-]*\)$/iptables \1/p' | sort -u
docker exec faq-ufw nft list chains ip |
  sed -n 's/.*chain \(DOCKER[A-Z0-9-]*\) .*/nft \1/p' | sort -u
