FROM busybox:stable AS build
RUN mkdir -p /out/bin /out/share \
 && echo program >/out/bin/program \
 && echo text >/out/share/text \
 && chmod 750 /out/bin/program \
 && chown -R 1000:1000 /out/bin/program /out/share/text

FROM busybox:stable
COPY --from=build /out /
