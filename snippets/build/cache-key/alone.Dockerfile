# Don't do this: apt-get update stays in the cache, with old package lists.
# hadolint global ignore=DL3008,DL3009,DL3059
FROM debian:bookworm-slim
RUN apt-get update
RUN apt-get install -y --no-install-recommends bc
