FROM busybox:stable
# For the build and the container:
ARG VERSION=unknown
ENV VERSION=$VERSION
COPY . /app
# For this step only; put your command in the place of test:
RUN --mount=type=secret,id=token \
    TOKEN=$(cat /run/secrets/token) && export TOKEN && test -n "$TOKEN"
