# List the rules of FORWARD, in the order in which the kernel evaluates them.
# Needs: root on the host.
iptables -S FORWARD
