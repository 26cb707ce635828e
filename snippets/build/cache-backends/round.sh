# Export the cache, forget the builder's, build from the exported one; print
# both last layers: sh round.sh type=local,dest=cache type=local,src=cache build
# Warning: removes your whole build cache.
start=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is cached
build() {
  docker build --quiet --tag faq-round --file random.Dockerfile \
    --build-arg "START=$start" "$@" . >/dev/null || exit
}
layer() {
  docker image inspect --format '{{join .RootFS.Layers "\n"}}' faq-round |
    tail -n 1
}
build --cache-to "$1"
build --target "${3:-last}"
layer
docker builder prune --all --force >/dev/null
build ${2:+"--cache-from=$2"} --target "${3:-last}"
layer
