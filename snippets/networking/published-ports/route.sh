# Let the neighbor send packets for containers and 127.0.0.1 to this host.
# Needs: root on the host; first run neighbor.sh.
nsenter --net=/run/netns/faq-neighbor sh -e <<'END'
ip route add 172.17.0.0/16 via 192.0.2.1
echo 1 >/proc/sys/net/ipv4/conf/eth0/route_localnet
ip address flush dev lo
ip route add 127.0.0.1 via 192.0.2.1 src 192.0.2.2
END
