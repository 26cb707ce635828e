# List Docker's chains, table by table.
# Needs: root on the host.
for table in filter nat; do
  iptables -t $table -S | grep -Ex -e '-N DOCKER(-.+)?' | sed "s/-N/$table/"
done
