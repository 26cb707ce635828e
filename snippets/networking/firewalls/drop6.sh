# Drop packets for port 8080 in INPUT of ip6tables.
# Needs: root on the host.
# Warning: adds a rule to your firewall; clean.sh removes it.
ip6tables --insert INPUT --protocol tcp --dport 8080 --jump DROP
ip6tables -S INPUT
