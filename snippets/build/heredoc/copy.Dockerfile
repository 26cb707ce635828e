FROM busybox:stable
ARG NAME=you
COPY <<EOF /expanded
hello $NAME
EOF

COPY <<"EOF" /literal
hello $NAME
EOF
