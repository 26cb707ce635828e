# Under this name the static program busybox is a web server and nothing else.
FROM scratch
COPY --from=busybox:stable /bin/busybox /httpd
ENTRYPOINT ["/httpd", "-f", "-p", "8080", "-h", "/"]
