# Each build adds a line to the cache mount; print how many are in it.
# Warning: removes your whole build cache.
start=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is cached
build() {
  docker build --quiet --tag faq-mount --file mount.Dockerfile \
    --build-arg "BUILD=$start $1" . >/dev/null
  docker run --rm faq-mount grep -c "$start" /lines
}
build one
build two
docker builder prune --force >/dev/null
build prune
build again
docker builder prune --all --force >/dev/null
build prune-all
