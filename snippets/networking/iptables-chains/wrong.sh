# Has no effect on published ports: packets to a container never go to INPUT.
# Needs: root on the host.
# Warning: adds a rule to your firewall; clean.sh removes it.
iptables --insert INPUT --source 203.0.113.7 --jump DROP
