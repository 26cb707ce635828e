# Build again after each change of the file; print the last layer of each build.
# Needs: root on the host, for chown.
rm -f data beside
cat /proc/sys/kernel/random/uuid >data # so that no earlier build is cached
build() {
  docker build --quiet --tag faq-copy --file copy.Dockerfile . >/dev/null
  layers=$(docker image inspect --format '{{join .RootFS.Layers " "}}' faq-copy)
  echo "$1 ${layers##* }"
}
build first
touch -d 2001-01-01 data
build time
chown 1000:1000 data
build owner
echo anything >beside
build neighbor
chmod 600 data
build mode
echo more >>data
build content
