# Make a "host" whose LAN has the address $1: sh lan.sh ADDRESS
# Needs: root on the host.
ip netns add faq-host
ip -n faq-host link add lan type veth peer name cable
ip -n faq-host addr add "$1" dev lan
ip -n faq-host link set lan up
ip -n faq-host link set cable up
