# List the containers of an address where no daemon listens.
DOCKER_HOST=unix:///tmp/faq-missing/docker.sock docker ps
