# Publish a web server on the second daemon; it starts with the daemon.
docker save busybox:stable |
  docker --host unix:///run/faq/docker.sock load >/dev/null
export DOCKER_HOST=unix:///run/faq/docker.sock
docker run --detach --name faq-web --publish 8080:80 --restart always \
  --stop-signal KILL busybox:stable \
  sh -c 'echo hello >/index.html && exec httpd -f -h /' >/dev/null
sh wait.sh
