# Build with the same RUN twice, then with one space more in it; print the last
# layer of each build.
number=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is cached
build() {
  printf 'FROM busybox:stable\nRUN echo %s && %s >/random\n' "$number" "$1" \
    >Dockerfile
  docker build --quiet --tag faq-text . >/dev/null
  docker image inspect --format '{{join .RootFS.Layers "\n"}}' faq-text |
    tail -n 1
}
build "cat /proc/sys/kernel/random/uuid"
build "cat /proc/sys/kernel/random/uuid"
build "cat  /proc/sys/kernel/random/uuid"
