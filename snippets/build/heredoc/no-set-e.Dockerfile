# Don't do this: without set -e, nobody notices the failure in the middle.
FROM busybox:stable
RUN <<EOF
echo before >/before
false
echo after >/after
EOF
