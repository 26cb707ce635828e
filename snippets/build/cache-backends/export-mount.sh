# Export the cache of two builds with a cache mount, forget the builder's, build
# from the exported one; print which builds each image has found in the mount.
# Warning: removes your whole build cache.
start=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is cached
build() {
  docker build --quiet --tag faq-mount --file mount.Dockerfile \
    --build-arg "BUILD=$start $1" "$2" "$3" . >/dev/null || exit
  docker run --rm faq-mount cat /lines | grep "$start" | cut -d ' ' -f 2 | xargs
}
build one --cache-to type=local,dest=mount-cache,mode=max
build two --cache-to type=local,dest=mount-cache,mode=max
docker builder prune --all --force >/dev/null
build two --cache-from type=local,src=mount-cache
build three --cache-from type=local,src=mount-cache
