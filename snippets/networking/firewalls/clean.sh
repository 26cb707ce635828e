# Remove the containers, the image, the rules and the second daemon of this page.
docker ps --all --quiet --filter name=^faq- | xargs -r docker rm --force
docker images --quiet faq-ufw | xargs -r docker rmi --force
iptables -S DOCKER-USER | sed -n '/192.0.2.2/s/^-A/-D/p' | xargs -r -L 1 iptables
if [ -e /run/faq-rules ]; then
  iptables-restore </run/faq-rules
  ip6tables-restore </run/faq-rules6
  rm /run/faq-rules /run/faq-rules6
fi
if [ -e /run/faq/docker.pid ]; then
  docker --host unix:///run/faq/docker.sock rm --force faq-web
  pid=$(cat /run/faq/docker.pid)
  kill "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
fi
rm -rf /run/faq
ip netns delete faq-host
