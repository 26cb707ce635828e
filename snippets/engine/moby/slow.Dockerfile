FROM busybox:stable
RUN sleep 4
