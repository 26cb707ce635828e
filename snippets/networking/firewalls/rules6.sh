# List Docker's chains for IPv6.
ip6tables -S | grep '^-N DOCKER'
docker network inspect --format '{{.EnableIPv6}}' bridge
