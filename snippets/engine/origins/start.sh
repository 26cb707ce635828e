# Start a container, then print its chain of processes upwards, and which runc still runs.
docker run --detach --name faq-origins busybox:stable sleep 600 >/dev/null
pid=$(docker inspect --format '{{.State.Pid}}' faq-origins)
while [ "$pid" -gt 0 ]; do
  ps -o pid=,comm= -p "$pid"
  pid=$(ps -o ppid= -p "$pid" | tr -d ' ')
done
pgrep -x runc || echo "no runc"
