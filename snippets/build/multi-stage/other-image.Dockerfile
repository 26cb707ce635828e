FROM busybox:stable
COPY --from=debian:bookworm-slim /etc/debian_version /debian_version
