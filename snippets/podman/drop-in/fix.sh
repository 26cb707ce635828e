# Full image names, Docker's image format, directories that exist.
docker pull docker.io/library/busybox:stable
export BUILDAH_FORMAT=docker
docker build --tag localhost/my-image --file fix.Dockerfile .
mkdir -p my-data
docker run --rm --volume "$PWD/my-data:/data" localhost/my-image
