FROM busybox:stable
RUN <<EOF
echo before >/before
false
EOF
