# Run a command in a running container, and copy its file to the host.
docker run --detach --name faq-server busybox:stable sleep 60 >/dev/null
docker exec faq-server sh -c 'echo copied >/file'
docker cp faq-server:/file /tmp/faq-copied
cat /tmp/faq-copied
