# Start a second daemon on a "host" of its own that has address $1 in its LAN:
# sh daemon.sh ADDRESS [OPTION OF dockerd]...
ip netns add faq-host
ip -n faq-host link add lan type veth peer name cable
ip -n faq-host addr add "$1" dev lan
ip -n faq-host link set lan up
shift
mkdir -p /run/faq
nsenter --net=/run/netns/faq-host dockerd --host unix:///run/faq/docker.sock \
  --data-root /run/faq/data --exec-root /run/faq/exec --pidfile /run/faq/docker.pid "$@" \
  >/run/faq/log 2>&1 &
until docker --host unix:///run/faq/docker.sock version >/dev/null 2>&1; do
  kill -0 $! || exit
  sleep 0.2
done
ip -n faq-host -4 -o addr show docker0
