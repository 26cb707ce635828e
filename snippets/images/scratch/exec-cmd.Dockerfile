FROM scratch
COPY --from=busybox:stable /bin/busybox /true
CMD ["/true"]
