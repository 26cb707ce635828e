# Remove all rules from tables of the second host: sh flush.sh TABLE...
# Needs: root on the host; first run daemon.sh.
for table; do
  nsenter --net=/run/netns/faq-host iptables -t "$table" --flush
done
nsenter --net=/run/netns/faq-host iptables -S FORWARD
