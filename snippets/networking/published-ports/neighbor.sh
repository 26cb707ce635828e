# On another machine of the LAN: send what is for containers and for 127.0.0.1 to the Docker host.
ip route add 172.17.0.0/16 via 192.0.2.1
echo 1 >/proc/sys/net/ipv4/conf/eth0/route_localnet
ip address flush dev lo
ip route add 127.0.0.1 via 192.0.2.1 src 192.0.2.2
