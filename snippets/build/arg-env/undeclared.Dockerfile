FROM busybox:stable
RUN echo "build: ${NAME-unset}" >/built
