# Remove what this page has made: containers, networks, images, the policy.
# Warning: removes my-app and my-image, even if they are yours.
docker ps --all --quiet --filter name=^faq- | xargs -r docker rm --force
docker rm --force my-app my-app-web-1
docker network ls --quiet --filter name=^faq- | xargs -r docker network rm
docker network rm my-app_default
docker images --quiet faq-exposing | xargs -r docker rmi --force
docker images --quiet my-image | xargs -r docker rmi --force
if [ -e /run/faq-policy ]; then
  sed 's/^-P/iptables --policy/' /run/faq-policy | sh
  rm /run/faq-policy
fi
ip link delete faq-lan
ip netns delete faq-neighbor
