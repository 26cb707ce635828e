# Give a network the range of that host's own LAN, and list the routes to it.
# Needs: root on the host; first run daemon.sh.
docker --host unix:///run/faq/docker.sock network create \
  --subnet 10.0.0.0/24 faq-a >/dev/null
ip -n faq-host -oneline route show 10.0.0.0/24
