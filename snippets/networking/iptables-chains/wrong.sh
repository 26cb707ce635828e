# Has no effect on ports published over IPv4: their packets do not pass INPUT.
# Needs: root on the host.
# Warning: adds a rule; --delete in place of --insert removes it again.
iptables --insert INPUT --source 203.0.113.7 --jump DROP
