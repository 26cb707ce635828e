FROM busybox:stable AS build
RUN echo program >/program && chown 1000:1000 /program

FROM busybox:stable
COPY --from=build --chown=0:0 /program /program
