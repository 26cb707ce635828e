# Write 5 MB to a cache mount, the only one; find the file on the host, and the
# mount in the list of the build cache.
# Needs: root on the host.
# Warning: removes your whole build cache.
docker builder prune --all --force >/dev/null
file=$(cat /proc/sys/kernel/random/uuid)
cat >where.Dockerfile <<DOCKERFILE
FROM busybox:stable
RUN --mount=type=cache,target=/faq-where \
    head -c 5000000 /dev/zero >/faq-where/$file
DOCKERFILE
docker build --quiet --tag faq-where --file where.Dockerfile . >/dev/null
find "$(docker info --format '{{.DockerRootDir}}')" -name "$file"
docker system df --verbose | grep exec.cachemount
