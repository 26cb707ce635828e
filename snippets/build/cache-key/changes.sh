# Build again after each change of the file; print the last layer of each build.
rm -f data
cat /proc/sys/kernel/random/uuid >data # so that no earlier build is in the cache
build() {
  docker build --quiet --tag faq-copy --file copy.Dockerfile . >/dev/null
  echo "$1 $(docker image inspect --format '{{join .RootFS.Layers "\n"}}' faq-copy | tail -n 1)"
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
