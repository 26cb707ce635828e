# Bad on purpose: RUN in shell form needs /bin/sh.
FROM scratch
COPY --from=busybox:stable /bin/busybox /httpd
RUN /httpd --help
