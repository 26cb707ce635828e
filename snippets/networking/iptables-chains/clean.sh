# Remove the rules, containers and networks of this page, and the second daemon
# with its "host".
for chain in INPUT FORWARD DOCKER-USER; do
  for address in 192.0.2.2 203.0.113.7; do
    while iptables --delete $chain --source $address --jump DROP; do :; done
  done
done 2>/dev/null
docker ps --all --quiet --filter name=^faq- | xargs -r docker rm --force
docker network ls --quiet --filter name=^faq- | xargs -r docker network rm
if [ -e /run/faq/docker.pid ]; then
  pid=$(cat /run/faq/docker.pid)
  kill "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
fi
rm -rf /run/faq
ip netns delete faq-host
