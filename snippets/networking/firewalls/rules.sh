# List all rules of the host, table by table (without those of an engine around this one).
for table in raw mangle filter nat; do
  iptables -t $table -S | grep -v -e DOCKER_OUTPUT -e DOCKER_POSTROUTING | sed "s/^/$table /"
done
