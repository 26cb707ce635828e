# Ping the neighbor from the container of the second daemon.
# Needs: root on the host; first run move.sh.
docker --host unix:///run/faq/docker.sock exec faq-web \
  ping -c 1 -W 2 192.0.2.2
