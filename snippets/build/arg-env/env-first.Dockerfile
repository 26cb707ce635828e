FROM busybox:stable
ENV NAME=env
ARG NAME=default
RUN echo "build: ${NAME-unset}" >/built
