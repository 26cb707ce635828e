# Build twice with one instruction above a RUN changed; print whether the RUN
# ran again: sh metadata.sh "LABEL version=" 1 2
# The start is new each time, so that no earlier build is in the cache.
start=$(cat /proc/sys/kernel/random/uuid)
build() {
  cat >changed <<DOCKERFILE
FROM busybox:stable
RUN echo "$start" >/start
$1
RUN cat /proc/sys/kernel/random/uuid >/dependencies
DOCKERFILE
  docker build --quiet --tag faq-metadata --file changed . >/dev/null
  docker run --rm faq-metadata cat /dependencies
}
first=$(build "$1$2")
second=$(build "$1$3")
if [ "$first" = "$second" ]; then
  echo "The RUN came from the cache."
else
  echo "The RUN ran again."
fi
