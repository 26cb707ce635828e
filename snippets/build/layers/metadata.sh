# Build twice with one instruction above the RUN changed: sh metadata.sh "LABEL version=" 1 2
start=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is in the cache
for value in "$2" "$3"; do
  docker build --quiet --tag faq-metadata - >/dev/null <<DOCKERFILE
FROM busybox:stable
RUN echo "$start" >/start
$1$value
RUN cat /proc/sys/kernel/random/uuid >/dependencies
DOCKERFILE
  docker run --rm faq-metadata cat /dependencies
done
