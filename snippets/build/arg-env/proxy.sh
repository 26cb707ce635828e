# Give a proxy to a build without an ARG line; print what the build and the
# container see of it, and how many lines of the history hold it.
cat >proxy.Dockerfile <<'DOCKERFILE'
FROM busybox:stable
RUN echo "build: $HTTP_PROXY" >/built
DOCKERFILE
docker build --no-cache --quiet --tag faq-proxy --file proxy.Dockerfile \
  --build-arg HTTP_PROXY=http://proxy:3128 . >/dev/null
docker run --rm faq-proxy \
  sh -c 'cat /built; echo "container: ${HTTP_PROXY-unset}"'
echo "history: $(docker history --no-trunc faq-proxy | grep -c proxy:3128)"
