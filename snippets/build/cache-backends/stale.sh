# Build, change the source, build again, then without the cache; print what each
# image holds.
# Warning: removes your whole build cache.
build() {
  docker build --quiet --tag faq-stale --file stale.Dockerfile "$@" . >/dev/null
  docker run --rm faq-stale cat /result
}
docker builder prune --all --force >/dev/null
echo one >source
build
echo two >source
build
build --no-cache
