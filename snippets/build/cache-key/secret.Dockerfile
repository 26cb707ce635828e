# Don't do this: a build secret must not get into a file; here it shows which one the step saw.
FROM busybox:stable
ARG START
RUN --mount=type=secret,id=token cat /run/secrets/token >/seen
