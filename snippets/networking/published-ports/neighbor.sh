# Make a neighbor in the LAN, a network namespace: 192.0.2.2, 2001:db8::2.
# Needs: root on the host.
ip netns add faq-neighbor
ip link add faq-lan type veth peer name eth0 netns faq-neighbor
ip address add 192.0.2.1/24 dev faq-lan
ip address add 2001:db8::1/64 dev faq-lan nodad
ip link set faq-lan up
ip -n faq-neighbor address add 192.0.2.2/24 dev eth0
ip -n faq-neighbor address add 2001:db8::2/64 dev eth0 nodad
ip -n faq-neighbor link set lo up
ip -n faq-neighbor link set eth0 up
