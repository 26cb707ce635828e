# Don't do this: the program needs a loader and a C library, which stay behind in Debian.
FROM scratch
COPY --from=debian:bookworm-slim /bin/true /true
CMD ["/true"]
