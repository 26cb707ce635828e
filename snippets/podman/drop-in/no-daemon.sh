# List the containers with an address at which no daemon listens.
DOCKER_HOST=unix:///tmp/faq-missing/docker.sock docker ps
