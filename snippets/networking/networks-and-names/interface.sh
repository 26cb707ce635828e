# The host's interface for the default network, as Docker tells it and as the kernel does.
docker network inspect --format '{{index .Options "com.docker.network.bridge.name"}}' bridge
ip -brief link show type bridge | awk '{ print $1 }'
docker network inspect docker0
