FROM busybox:stable AS unused
RUN exit 3

FROM busybox:stable
RUN echo content >/file
