# Build two Dockerfiles with nothing in common but the target of a cache mount.
docker build --quiet --no-cache --tag faq-one - >/dev/null <<'DOCKERFILE'
FROM busybox:stable
RUN --mount=type=cache,target=/faq-shared echo "from one" >/faq-shared/file
DOCKERFILE
number=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is cached
docker build --quiet --tag faq-two - >/dev/null <<DOCKERFILE
FROM debian:bookworm-slim
ENV NUMBER=$number
RUN --mount=type=cache,target=/faq-shared cat /faq-shared/file >/two
RUN --mount=type=cache,id=faq-two,target=/faq-shared ls /faq-shared >/id
DOCKERFILE
echo "without id: $(docker run --rm faq-two cat /two)"
echo "with id: $(docker run --rm faq-two cat /id)"
