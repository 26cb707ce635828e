# Take 128 MiB of memory in a child of PID 1:
# sh child.sh [OPTION of docker run]...
docker rm faq-child >/dev/null 2>&1
docker run --name faq-child "$@" debian:bookworm-slim sh -c '
  dd if=/dev/zero of=/dev/null bs=128M count=1
  echo "child: $?"'
echo "exit code: $?"
