# Has no effect on ports published over IPv4: their packets do not meet INPUT.
# Needs: root on the host.
# Warning: adds a rule to your firewall; clean.sh removes it.
iptables --insert INPUT --source 203.0.113.7 --jump DROP
