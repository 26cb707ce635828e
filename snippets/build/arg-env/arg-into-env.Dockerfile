FROM busybox:stable
ARG NAME=default
ENV NAME=$NAME
RUN echo "build: ${NAME-unset}" >/built
