# Add a rule to DOCKER-USER, restart the second daemon, and list the chain.
# Needs: root on the host; first run daemon.sh.
nsenter --net=/run/netns/faq-host \
  iptables --insert DOCKER-USER --source 198.51.100.1 --jump DROP
pid=$(cat /run/faq/docker.pid)
kill "$pid"
while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
sh daemon.sh && sh wait.sh
nsenter --net=/run/netns/faq-host iptables -S DOCKER-USER
