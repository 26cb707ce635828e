# Take 128 MiB of memory as PID 1: sh take.sh [OPTION of docker run]...
docker rm faq-take >/dev/null 2>&1
docker run --name faq-take "$@" debian:bookworm-slim \
  dd if=/dev/zero of=/dev/null bs=128M count=1
echo "exit code: $?"
