# Don't do this: the loader is there, the C library is not.
FROM scratch
COPY --from=debian:bookworm-slim /bin/true /true
COPY --from=debian:bookworm-slim /lib64/ld-linux-x86-64.so.2 /lib64/
CMD ["/true"]
