# Run an image by its full name.
docker run --rm docker.io/library/busybox:stable echo it runs
