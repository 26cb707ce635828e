FROM busybox:stable
RUN <<EOF
set -e
echo before >/before
false
echo after >/after
EOF
