# List the rules in the table raw.
# Needs: root on the host.
iptables -t raw -S
