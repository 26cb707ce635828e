# Remove all rules and chains from nat of the second host.
# Needs: root on the host; first run daemon.sh.
nsenter --net=/run/netns/faq-host iptables -t nat --flush
nsenter --net=/run/netns/faq-host iptables -t nat --delete-chain
