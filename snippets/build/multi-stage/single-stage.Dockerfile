# Don't do this: the tools stay in the image.
# hadolint global ignore=DL3059
FROM busybox:stable
RUN head -c 20000000 /dev/urandom >/tools
RUN sha256sum /tools >/program
