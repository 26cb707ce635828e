FROM busybox:stable
RUN cat <<EOF >/greeting
hello
EOF
