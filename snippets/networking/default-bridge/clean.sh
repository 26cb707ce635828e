# Remove the containers and networks of this page, and the second daemon with
# its "host".
# Warning: removes the network my-network, even if it is yours.
docker ps --all --quiet --filter name=^faq- | xargs -r docker rm --force
docker network ls --quiet --filter name=^faq- | xargs -r docker network rm
docker network rm my-network
[ -e /run/faq/docker.pid ] && sh stop.sh
rm -rf /run/faq
ip netns delete faq-host
