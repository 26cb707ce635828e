# List the rules of FORWARD, in the order in which a packet meets them.
iptables -S FORWARD
