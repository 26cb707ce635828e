# Don't do this: the compiler stays in the image.
# hadolint global ignore=DL3009
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
COPY hello.c /
RUN gcc -o /hello /hello.c

CMD ["/hello"]
