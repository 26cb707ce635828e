# Put the neighbor into 192.168.1.0/24 as well: 192.168.1.2.
# Needs: root on the host; first run neighbor.sh.
ip address add 192.168.1.1/24 dev faq-lan
ip -n faq-neighbor address add 192.168.1.2/24 dev eth0
