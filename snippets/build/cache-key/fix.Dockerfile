FROM debian:bookworm-slim
# A new value of REFRESH runs each RUN below this line again.
ARG REFRESH=never
RUN apt-get update \
 && apt-get install -y --no-install-recommends bc \
 && rm -rf /var/lib/apt/lists/*
