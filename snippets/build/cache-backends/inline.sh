# Build with an option and push; then forget the builder's cache, build from the
# image. Print the last layers of the image and of its build stage each time:
# sh inline.sh --build-arg=BUILDKIT_INLINE_CACHE=1
# Warning: removes your whole build cache.
start=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is cached
build() {
  docker build --quiet --file random.Dockerfile \
    --build-arg "START=$start" "$@" . >/dev/null || exit
}
layer() {
  docker image inspect --format '{{join .RootFS.Layers "\n"}}' "$1" | tail -n 1
}
image="registry:5000/faq-inline:$start" # a tag of its own
build --tag "$image" "$1"
docker push "$image" >/dev/null
layer "$image"
build --tag faq-stage --target build
layer faq-stage
docker builder prune --all --force >/dev/null
docker rmi --force "$image" >/dev/null
docker pull --quiet "$image" >/dev/null
build --tag faq-again --cache-from "$image"
layer faq-again
build --tag faq-stage --cache-from "$image" --target build
layer faq-stage
