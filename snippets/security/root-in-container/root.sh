# Show the user of a container: sh root.sh [options of docker run]
# Needs: root on the host.
mkdir -p share && chmod 777 share
echo "only root may read this" >share/root && chmod 600 share/root
echo "only user 1000 may read this" >share/user && chmod 600 share/user && chown 1000 share/user
docker run --detach --name faq-root --network none --volume "$PWD/share:/share" "$@" \
  busybox:stable sleep 600 >/dev/null
process=$(docker inspect --format '{{.State.Pid}}' faq-root)
namespace="its own"
[ /proc/self/ns/user -ef "/proc/$process/ns/user" ] && namespace="the host's"
echo "user in the container: $(docker exec faq-root id -u)"
echo "user on the host: $(stat -c %u "/proc/$process")"
echo "user namespace: $namespace"
echo "uid_map: $(docker exec faq-root cat /proc/self/uid_map | xargs)"
echo "root's file: $(docker exec faq-root cat /share/root 2>&1)"
echo "file of user 1000: $(docker exec faq-root cat /share/user 2>&1)"
docker exec faq-root touch /share/made
echo "owner of the new file on the host: $(stat -c %u share/made)"
