# Don't do this: two heredocs are two layers.
FROM busybox:stable
RUN <<EOF
set -e
head -c 20000000 /dev/urandom >/big
sha256sum /big >/checksum
EOF

RUN <<EOF
rm /big
EOF
