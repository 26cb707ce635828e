FROM busybox:stable
ARG NAME=default
ENV NAME=env
RUN echo "build: ${NAME-unset}" >/built
