# Drop TCP packets in a chain of ip6tables: sh drop6.sh CHAIN [MATCH]...
# Needs: root on the host.
# Warning: adds a rule to your firewall; clean.sh removes it.
chain=$1
shift
ip6tables --insert "$chain" --protocol tcp "$@" \
  --match comment --comment faq --jump DROP
ip6tables -S "$chain"
