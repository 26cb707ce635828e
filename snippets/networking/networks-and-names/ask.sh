# Ask from a container for hosts by name: sh ask.sh CONTAINER NAME...
container=$1
shift
docker exec "$container" sh -c \
  'for name; do ping -c 1 -W 2 "$name" | head -n 1; done 2>&1' sh "$@"
