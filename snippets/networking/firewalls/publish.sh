# Publish one more port on the second daemon.
export DOCKER_HOST=unix:///run/faq/docker.sock
docker rm --force faq-more >/dev/null 2>&1
docker run --detach --name faq-more --publish 8082:80 busybox:stable \
  sleep 1000 >/dev/null
