FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends wget \
 && wget --version >/wget-version \
 && apt-get purge -y --auto-remove wget \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
