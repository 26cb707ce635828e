# Was a process of a container killed for memory? Docker may learn of it up to
# a few seconds after the end of the container: sh oom.sh CONTAINER
for _ in 1 2 3 4 5 6 7 8 9 10; do
  state=$(docker inspect --format '{{.State.OOMKilled}}' "$1")
  [ "$state" = true ] && break
  sleep 0.5
done
echo "OOMKilled: $state"
