# List the rules of FORWARD, in the order in which a packet meets them.
# Needs: root on the host.
iptables -S FORWARD
