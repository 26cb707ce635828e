# Show the policy for forwarded packets while a container runs.
# Needs: root on the host.
docker run --detach --name faq-server busybox:stable sleep 60 >/dev/null
iptables -S FORWARD | head -1
