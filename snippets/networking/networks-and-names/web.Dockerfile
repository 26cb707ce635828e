# A small web server, as an example of your image.
FROM busybox:stable
RUN echo hello >/index.html
CMD ["httpd", "-f", "-h", "/"]
