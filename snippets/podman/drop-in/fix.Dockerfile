FROM docker.io/library/busybox:stable
HEALTHCHECK CMD ["true"]
CMD ["ls", "-d", "/data"]
