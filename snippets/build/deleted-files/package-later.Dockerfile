# Don't do this: what the second RUN removes stays in the layer of the first.
FROM debian:bookworm-slim
# hadolint ignore=DL3009
RUN apt-get update && apt-get install -y --no-install-recommends wget
RUN apt-get purge -y --auto-remove wget && rm -rf /var/lib/apt/lists/*
