# Remove what this page has made: containers, images, rules, the daemon.
# Warning: removes my-app, my-image and the rules of the fix, even if yours.
if [ -e /run/faq-rules ]; then
  iptables-restore </run/faq-rules
  ip6tables-restore </run/faq-rules6
  rm /run/faq-rules /run/faq-rules6
fi
docker ps --all --quiet --filter name=^faq- | xargs -r docker rm --force
docker rm --force my-app
docker images --quiet faq-ufw | xargs -r docker rmi --force
docker images --quiet my-image | xargs -r docker rmi --force
iptables -S DOCKER-USER |
  sed -n '/comment faq\|! -s 192.168.1.0/s/^-A/-D/p' | xargs -r -L 1 iptables
ip6tables -S | sed -n '/comment faq\|--dport 8080 -j DROP/s/^-A/-D/p' |
  xargs -r -L 1 ip6tables
if [ -e /run/faq/docker.pid ]; then
  docker --host unix:///run/faq/docker.sock rm --force faq-web faq-more
  pid=$(cat /run/faq/docker.pid)
  kill "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
fi
rm -rf /run/faq
ip link delete faq-lan || ip -n faq-host link delete faq-lan
ip netns delete faq-host
ip netns delete faq-neighbor
