# Start a container that fails, and wait until it is no longer restarted.
docker run --detach --name faq-restart --restart on-failure:2 busybox:stable false >/dev/null
state() {
  docker inspect --format '{{.RestartCount}} {{.State.Status}}' faq-restart
}
tries=100
until [ "$(state)" = "2 exited" ] || [ $tries = 0 ]; do
  tries=$((tries - 1))
  sleep 0.2
done
state
