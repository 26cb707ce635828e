# Build the Dockerfile of the fix; print what the next build finds in the cache
# mount of the packages, and what the image has of package, archive and lists.
# Warning: removes your whole build cache.
docker builder prune --all --force >/dev/null
docker build --quiet --tag my-image --file fix.Dockerfile . >/dev/null
cat >keep.Dockerfile <<'DOCKERFILE'
FROM busybox:stable
RUN --mount=type=cache,target=/var/cache/apt \
    ls /var/cache/apt/archives >/archives
DOCKERFILE
docker build --quiet --tag faq-keep --file keep.Dockerfile . >/dev/null
echo "cache mount: $(docker run --rm faq-keep cat /archives | xargs)"
docker run --rm my-image sh -c \
  'ls /usr/bin/bc; find /var -name "bc_*.deb" -o -name "*_Packages*"'
