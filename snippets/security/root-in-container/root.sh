# Show a container's user from inside and from the host: sh root.sh [options of docker run]
mkdir -p share && chmod 777 share
echo "only root may read this" >share/secret && chmod 600 share/secret
docker run --detach --name faq-root --network none --volume "$PWD/share:/share" "$@" \
  busybox:stable sleep 600 >/dev/null
process=$(docker inspect --format '{{.State.Pid}}' faq-root)
echo "user in the container: $(docker exec faq-root id -u)"
echo "user on the host: $(stat -c %u "/proc/$process")"
echo "uid_map: $(docker exec faq-root cat /proc/self/uid_map | xargs)"
echo "host file of mode 600: $(docker exec faq-root cat /share/secret 2>&1)"
docker exec faq-root touch /share/made
echo "owner of the new file on the host: $(stat -c %u share/made)"
