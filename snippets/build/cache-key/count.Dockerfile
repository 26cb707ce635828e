FROM busybox:stable
ARG START
ARG BUILD
RUN --mount=type=cache,id=faq-count,target=/cache \
    echo "$START" >>/cache/count && grep -c "$START" /cache/count >/count
