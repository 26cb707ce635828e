# Build, change a comment of the source, build, change its code, build; print
# the last layer of both stages each time.
code=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is cached
build() {
  docker build --quiet --tag faq-build --target build \
    --file stages.Dockerfile . >/dev/null
  docker build --quiet --tag faq-last --file stages.Dockerfile . >/dev/null
  for image in faq-build faq-last; do
    docker image inspect --format '{{join .RootFS.Layers "\n"}}' $image |
      tail -n 1
  done
}
printf '# a comment\n%s\n' "$code" >source
build
printf '# another comment\n%s\n' "$code" >source
build
printf '# another comment\n%s changed\n' "$code" >source
build
