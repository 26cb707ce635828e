# Push an image with inline cache or without it: sh inline.sh BUILDKIT_INLINE_CACHE=1
# Then forget the builder's cache, build from the image; print the last layer of both builds.
start=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is in the cache
build() {
  docker build --quiet --tag "$1" --file random.Dockerfile \
    --build-arg "START=$start" "$2" "$3" . >/dev/null
  docker image inspect --format '{{join .RootFS.Layers "\n"}}' "$1" | tail -n 1
}
image="registry:5000/faq-inline:$start" # a tag of its own: others push there, too
build "$image" --build-arg "$1"
docker push "$image" >/dev/null
docker builder prune --all --force >/dev/null
docker pull --quiet "$image" >/dev/null
build faq-again --cache-from "$image"
