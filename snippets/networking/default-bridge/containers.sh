# Start two containers and ask each for its address and its default route.
for name in faq-first faq-second; do
  docker run --detach --name $name busybox:stable sleep 1000 >/dev/null
  docker exec $name ip -4 -o addr show eth0
  docker exec $name ip route show default
done
