FROM scratch
COPY --from=debian:bookworm-slim /bin/true /true
COPY --from=debian:bookworm-slim /lib64/ld-linux-x86-64.so.2 /lib64/
COPY --from=debian:bookworm-slim /lib/x86_64-linux-gnu/libc.so.6 /lib/x86_64-linux-gnu/
CMD ["/true"]
