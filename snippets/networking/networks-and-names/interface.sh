# The host's interface for the default network, from Docker and from the kernel.
# Needs: a shell on the host, where the interfaces are.
docker network inspect --format \
  '{{index .Options "com.docker.network.bridge.name"}}' bridge
ip -brief link show type bridge | awk '{ print $1 }'
docker network inspect docker0
