# Set the policy of FORWARD: sh policy.sh ACCEPT
# Needs: root on the host.
# Warning: opens forwarding on your host; clean.sh restores the policy.
iptables -S FORWARD | head -n 1 >/run/faq-policy
iptables --policy FORWARD "$1"
iptables -S FORWARD | head -n 1
