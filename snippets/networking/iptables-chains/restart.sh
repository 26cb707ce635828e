# Insert a rule into FORWARD and into DOCKER-USER of that "host", and list both
# chains before and after a restart of its daemon.
# Needs: root on the host; first run daemon.sh.
on_host() { nsenter --net=/run/netns/faq-host iptables "$@"; }
for chain in FORWARD DOCKER-USER; do
  on_host --insert $chain --source 192.0.2.2 --jump DROP
done
on_host -S | grep -E '^-A (FORWARD|DOCKER-USER) '
pid=$(cat /run/faq/docker.pid)
kill "$pid"
while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
sh start-daemon.sh
echo "after the restart:"
on_host -S | grep -E '^-A (FORWARD|DOCKER-USER) '
