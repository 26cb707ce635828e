# Leave a process without a parent, wait until it has ended, and count zombies:
# sh zombies.sh, or sh zombies.sh --init
# The shell becomes tail, which does not wait for processes it did not start.
docker run --detach --name faq-zombies "$@" debian:bookworm-slim \
  sh -c '(sleep 1 &); exec tail -f /dev/null' >/dev/null
runs() { docker exec faq-zombies sh -c "grep -qs '^$1' /proc/[0-9]*/cmdline"; }
until runs tail; do sleep 0.1; done
while runs sleep; do sleep 0.1; done
docker exec faq-zombies sh -c 'grep -hs ^State: /proc/[0-9]*/status' | grep -c zombie || true
