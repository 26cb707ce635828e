FROM busybox:stable
ARG BUILD
RUN --mount=type=cache,id=faq-mount,target=/cache \
    echo "$BUILD" >>/cache/lines \
 && head -c 5000000 /dev/zero >/cache/big \
 && cp /cache/lines /lines
