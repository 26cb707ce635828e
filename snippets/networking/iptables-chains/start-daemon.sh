# Start a daemon on the "host" faq-host, and wait until it answers.
# Needs: root on the host; first run daemon.sh.
nsenter --net=/run/netns/faq-host dockerd --host unix:///run/faq/docker.sock \
  --data-root /run/faq/data --exec-root /run/faq/exec \
  --pidfile /run/faq/docker.pid >/run/faq/log 2>&1 &
until docker --host unix:///run/faq/docker.sock version >/dev/null 2>&1; do
  kill -0 $! || exit
  sleep 0.2
done
