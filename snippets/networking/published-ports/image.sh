# Build a small web server as my-image.
docker build --quiet --tag my-image . >/dev/null
