# Don't do this: without set -e the failure in the middle goes unnoticed.
FROM busybox:stable
RUN <<EOF
echo before >/before
false
echo after >/after
EOF
