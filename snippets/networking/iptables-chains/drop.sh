# Drop all packets from the neighbor 192.0.2.2:
# sh drop.sh --insert|--append CHAIN
# Needs: root on the host.
# Warning: adds a rule to your firewall; clean.sh removes it.
iptables "$1" "$2" --source 192.0.2.2 --jump DROP
iptables -S "$2"
