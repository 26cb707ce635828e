FROM busybox:stable
ENV NAME=base
