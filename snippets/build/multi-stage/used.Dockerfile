FROM busybox:stable AS used
RUN exit 3

FROM busybox:stable
COPY --from=used /bin/true /file
