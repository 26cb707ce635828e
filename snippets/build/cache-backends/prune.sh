# Each build adds a line to the cache mount; print how many are in it, also after prunes.
start=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is in the cache
build() {
  docker build --quiet --tag faq-mount --file mount.Dockerfile \
    --build-arg "BUILD=$start $1" . >/dev/null
  docker run --rm faq-mount grep -c "$start" /lines
}
build one
build two
docker builder prune --force >/dev/null
build prune
docker builder prune --all --force >/dev/null
build prune-all
