# Build with BuildKit; during its RUN, list the processes of the host.
DOCKER_BUILDKIT=1 docker build --no-cache --tag faq-moby \
  --file slow.Dockerfile . >build.log 2>&1 &
until pgrep -x sleep >/dev/null || ! kill -0 $! 2>/dev/null; do
  sleep 0.1
done
ps -e -o comm= | sort --unique
wait
