# What the host's firewall does with forwarded packets while a container runs.
docker run --detach --name faq-server busybox:stable sleep 60 >/dev/null
iptables -S FORWARD | head -1
