FROM busybox:stable AS build
RUN mkdir /site && echo hello >/site/index.html
FROM scratch
COPY --from=build /bin/httpd /httpd
COPY --from=build /site /site
USER 65534:65534
CMD ["/httpd", "-f", "-p", "8080", "-h", "/site"]
