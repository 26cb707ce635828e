# The archives that apt leaves in its cache mount, with Debian's hook and without.
FROM debian:bookworm-slim
# hadolint ignore=DL3008,DL3009
RUN --mount=type=cache,id=faq-apt,target=/var/cache/apt \
    apt-get update \
 && apt-get install -y --no-install-recommends --reinstall bc \
 && ls /var/cache/apt/archives >/with \
 && rm /etc/apt/apt.conf.d/docker-clean \
 && apt-get install -y --no-install-recommends --reinstall bc \
 && ls /var/cache/apt/archives >/without
