# Two Dockerfiles with nothing in common but the target of their cache mounts.
docker build --quiet --no-cache --tag faq-one - >/dev/null <<'DOCKERFILE'
FROM busybox:stable
RUN --mount=type=cache,target=/faq-shared echo "from one" >/faq-shared/file
DOCKERFILE
number=$(cat /proc/sys/kernel/random/uuid) # so that no earlier build is in the cache
docker build --quiet --tag faq-two - >/dev/null <<DOCKERFILE
FROM debian:bookworm-slim
RUN --mount=type=cache,target=/faq-shared cat /faq-shared/* >/two; echo $number
RUN --mount=type=cache,id=faq-two,target=/faq-shared ls /faq-shared >/two-with-id
DOCKERFILE
docker run --rm faq-two cat /two /two-with-id
