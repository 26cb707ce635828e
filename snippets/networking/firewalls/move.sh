# Connect the neighbor to the second host instead of this one.
# Needs: root on the host; first run neighbor.sh and daemon.sh.
ip link set faq-lan netns faq-host
ip -n faq-host address add 192.0.2.1/24 dev faq-lan
ip -n faq-host link set faq-lan up
ip -n faq-host link set lo up
