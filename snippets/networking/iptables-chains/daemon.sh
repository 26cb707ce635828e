# Start a second daemon on a "host" of its own where forwarding is off (0) or
# on (1).
# Needs: root on the host.
ip netns add faq-host
mkdir -p /run/faq
nsenter --net=/run/netns/faq-host sh -c "echo $1 >/proc/sys/net/ipv4/ip_forward"
sh start-daemon.sh
nsenter --net=/run/netns/faq-host cat /proc/sys/net/ipv4/ip_forward
nsenter --net=/run/netns/faq-host iptables -S FORWARD | head -n 1
