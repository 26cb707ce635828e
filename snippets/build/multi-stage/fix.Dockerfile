# hadolint global ignore=DL3009
FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
COPY hello.c /
RUN gcc -o /hello /hello.c

FROM debian:bookworm-slim
COPY --from=build /hello /hello
CMD ["/hello"]
