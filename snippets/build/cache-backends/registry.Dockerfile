# The registry of Debian, without a password.
FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends docker-registry \
 && rm -rf /var/lib/apt/lists/*
RUN printf '%s\n' 'version: 0.1' 'http: {addr: ":5000"}' \
    'storage: {filesystem: {rootdirectory: /data}}' >/registry.yml
CMD ["docker-registry", "serve", "/registry.yml"]
