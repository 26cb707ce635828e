# Count the archives in the cache mount, with the hook of Debian and without.
FROM debian:bookworm-slim
# hadolint ignore=DL3008,DL3009,DL4006
RUN --mount=type=cache,id=faq-apt,target=/var/cache/apt \
    apt-get update \
 && apt-get install -y --no-install-recommends --reinstall bc \
 && find /var/cache/apt/archives -name "*.deb" | wc -l >/with \
 && rm /etc/apt/apt.conf.d/docker-clean \
 && apt-get install -y --no-install-recommends --reinstall bc \
 && find /var/cache/apt/archives -name "*.deb" | wc -l >/without
