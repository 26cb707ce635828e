# Stop the second daemon.
# Needs: root on the host; first run daemon.sh.
pid=$(cat /run/faq/docker.pid)
kill "$pid"
while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
