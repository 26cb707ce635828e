# Don't do this: a secret must not get into a file. Here it shows what RUN read.
FROM busybox:stable
ARG START
RUN --mount=type=secret,id=token cat /run/secrets/token >/seen
