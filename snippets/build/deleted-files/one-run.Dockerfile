FROM busybox:stable
RUN head -c 20000000 /dev/urandom >/big \
 && sha256sum /big >/checksum \
 && rm /big
