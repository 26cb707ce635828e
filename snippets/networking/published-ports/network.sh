# Create a network that publishes ports on 127.0.0.1 by default.
docker network create \
  --opt com.docker.network.bridge.host_binding_ipv4=127.0.0.1 faq-local
