# Create one more network, and look at FORWARD again.
# Needs: root on the host.
docker network create --opt com.docker.network.bridge.name=faq0 faq-new \
  >/dev/null
iptables -S FORWARD
