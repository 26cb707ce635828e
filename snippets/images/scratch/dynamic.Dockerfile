# Don't do this: the program's loader and C library are missing.
FROM scratch
COPY --from=debian:bookworm-slim /bin/true /true
CMD ["/true"]
