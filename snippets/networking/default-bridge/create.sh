# Create networks on the second daemon, and print the subnet of each:
# sh create.sh NAME...
export DOCKER_HOST=unix:///run/faq/docker.sock
for name in "$@"; do docker network create "$name" >/dev/null; done
sh subnets.sh "$@"
