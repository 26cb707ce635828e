# Don't do this: the second RUN only hides the package lists.
# hadolint global ignore=DL3009
FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl
RUN rm -rf /var/lib/apt/lists/*
