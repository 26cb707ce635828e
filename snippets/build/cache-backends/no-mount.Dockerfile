# Don't do this: without the mount, /cache is a folder of the image.
FROM busybox:stable
ARG BUILD
RUN mkdir /cache && echo "$BUILD" >>/cache/lines \
 && head -c 5000000 /dev/zero >/cache/big \
 && cp /cache/lines /lines
