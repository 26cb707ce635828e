FROM busybox:stable
RUN --mount=type=secret,id=token wc -c </run/secrets/token >/length
