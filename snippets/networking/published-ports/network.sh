# Create a network whose ports are published on 127.0.0.1 where no address is given.
docker network create --opt com.docker.network.bridge.host_binding_ipv4=127.0.0.1 faq-local
