# The static program stands for yours: under this name it is a web server and nothing else.
FROM scratch
COPY --from=busybox:stable /bin/busybox /httpd
ENTRYPOINT ["/httpd", "-f", "-p", "8080", "-h", "/"]
