# List Docker's chains, table by table.
for table in filter nat; do
  iptables -t $table -S | grep -Ex -e '-N DOCKER(-.+)?' | sed "s/-N/$table/"
done
