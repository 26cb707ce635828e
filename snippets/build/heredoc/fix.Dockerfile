FROM busybox:stable
RUN <<EOF
set -e
head -c 20000000 /dev/urandom >/big
sha256sum /big >/checksum
rm /big
EOF
