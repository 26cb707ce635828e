# Start a second daemon on a "host" of its own: sh daemon.sh [OPTION]...
# Needs: root on the host.
if [ ! -e /run/netns/faq-host ]; then
  ip netns add faq-host
  nsenter --net=/run/netns/faq-host \
    sh -c 'echo 0 >/proc/sys/net/ipv4/ip_forward'
fi
mkdir -p /run/faq
nsenter --net=/run/netns/faq-host dockerd \
  --host unix:///run/faq/docker.sock --pidfile /run/faq/docker.pid \
  --data-root /run/faq/data --exec-root /run/faq/exec "$@" \
  >>/run/faq/log 2>&1 &
until docker --host unix:///run/faq/docker.sock version >/dev/null 2>&1; do
  kill -0 $! || exit
  sleep 0.2
done
