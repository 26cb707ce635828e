FROM busybox:stable AS build
COPY source /source
RUN cat /proc/sys/kernel/random/uuid >/random && grep -v '^#' /source >/program

FROM busybox:stable
COPY --from=build /program /program
RUN cat /proc/sys/kernel/random/uuid >/random
