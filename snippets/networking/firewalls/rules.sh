# List the IPv4 rules of this host, table by table.
# Needs: root on the host.
for table in raw mangle filter nat; do
  iptables -t $table -S | sed "s/^/$table /"
done | grep -v -e DOCKER_OUTPUT -e DOCKER_POSTROUTING # of an engine around it
