# Print what a container wrote, each stream by itself.
docker run --detach --name faq-server busybox:stable sh -c 'echo out; echo error >&2' >/dev/null
docker wait faq-server >/dev/null
echo "stdout: $(docker logs faq-server 2>/dev/null)"
echo "stderr: $(docker logs faq-server 2>&1 >/dev/null)"
