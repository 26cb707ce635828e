# Start a container, then print the chain of its process and its parents, and
# whether a runc is still running.
docker run --detach --name faq-origins busybox:stable sleep 600 >/dev/null
pid=$(docker inspect --format '{{.State.Pid}}' faq-origins)
while [ "$pid" -gt 0 ]; do
  ps -o pid=,comm= -p "$pid"
  pid=$(ps -o ppid= -p "$pid" | tr -d ' ')
done
pgrep -x runc || echo "no runc"
