# Start a second daemon on that "host": sh daemon.sh [OPTION OF dockerd]...
# Needs: root on the host; first run lan.sh.
mkdir -p /run/faq
nsenter --net=/run/netns/faq-host dockerd --host unix:///run/faq/docker.sock \
  --data-root /run/faq/data --exec-root /run/faq/exec \
  --pidfile /run/faq/docker.pid "$@" >/run/faq/log 2>&1 &
until docker --host unix:///run/faq/docker.sock version >/dev/null 2>&1; do
  kill -0 $! || exit
  sleep 0.2
done
ip -n faq-host -4 -o addr show docker0
