ARG NAME=global
ARG TAG=stable
FROM busybox:$TAG
RUN echo "not declared: ${NAME-unset}" >/built
ARG NAME
RUN echo "declared again: ${NAME-unset}" >>/built
