# Build two Dockerfiles with nothing in common but the target of a cache mount.
cat >one.Dockerfile <<'DOCKERFILE'
FROM busybox:stable
RUN --mount=type=cache,target=/faq-shared echo "from one" >/faq-shared/file
DOCKERFILE
docker build --quiet --no-cache --tag faq-one --file one.Dockerfile . >/dev/null
number=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is cached
cat >two.Dockerfile <<DOCKERFILE
FROM debian:bookworm-slim
ENV NUMBER=$number
RUN --mount=type=cache,target=/faq-shared cat /faq-shared/file >/two
RUN --mount=type=cache,id=faq-two,target=/faq-shared ls /faq-shared >/id
DOCKERFILE
docker build --quiet --tag faq-two --file two.Dockerfile . >/dev/null
echo "without id: $(docker run --rm faq-two cat /two)"
echo "with id: $(docker run --rm faq-two cat /id)"
