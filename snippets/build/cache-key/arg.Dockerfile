FROM busybox:stable
ARG START
RUN cat /proc/sys/kernel/random/uuid >/before
ARG VALUE
RUN cat /proc/sys/kernel/random/uuid >/after
