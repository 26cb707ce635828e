# List Docker's chains in the table filter, for IPv4 and for IPv6.
# Needs: root on the host.
ip6tables --version >/dev/null || exit
for program in iptables ip6tables; do
  $program -S | sed -n "s/^-N \(DOCKER[A-Z0-9-]*\)$/$program \1/p" | sort
done
docker network inspect --format 'IPv6 enabled: {{.EnableIPv6}}' bridge
