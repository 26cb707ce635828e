# Remove the containers and networks of this page, and the second daemon with its "host".
docker ps --all --quiet --filter name=^faq- | xargs -r docker rm --force
docker network ls --quiet --filter name=^faq- | xargs -r docker network rm
if [ -e /run/faq/docker.pid ]; then
  pid=$(cat /run/faq/docker.pid)
  kill "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
fi
rm -rf /run/faq
ip netns delete faq-host
