# Docker's chains for IPv4, as nft sees them.
iptables --version
docker exec faq-ufw nft list chains ip | grep -o 'chain DOCKER[A-Z0-9-]* ' | sort -u
