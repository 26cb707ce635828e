# Build a small web server as my-image.
docker build --quiet --tag my-image --file web.Dockerfile . >/dev/null
