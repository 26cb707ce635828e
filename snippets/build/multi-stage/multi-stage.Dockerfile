# Two RUNs, as in single-stage.Dockerfile; neither layer is in the image.
# hadolint global ignore=DL3059
FROM busybox:stable AS build
RUN head -c 20000000 /dev/urandom >/tools
RUN sha256sum /tools >/program

FROM busybox:stable
COPY --from=build /program /program
