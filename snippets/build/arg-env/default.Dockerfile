FROM busybox:stable
ARG NAME=default
RUN echo "build: ${NAME-unset}" >/built
