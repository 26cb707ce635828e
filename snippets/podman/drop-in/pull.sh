# Pull an image by a name without a registry: sh pull.sh busybox:stable
docker pull "$1"
