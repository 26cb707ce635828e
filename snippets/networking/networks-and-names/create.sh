# Create a network of your own; its ID and the bridges of the host:
# sh create.sh NAME [OPTION]...
# Needs: a shell on the host, where the interfaces are.
docker network create "$@" | cut -c 1-12
ip -brief link show type bridge | awk '{ print $1 }'
