# Each build adds a line to the cache mount; print how many are in it. The third
# build has --no-cache.
start=$(cat /proc/sys/kernel/random/uuid) # marks the lines of this run
build() {
  docker build --quiet --tag faq-count --file count.Dockerfile \
    --build-arg "START=$start" --build-arg "BUILD=$1" ${2:+"$2"} . >/dev/null
  docker run --rm faq-count cat /count
}
build first
build second
build third --no-cache
build fourth
