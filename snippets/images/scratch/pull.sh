# Pull an image: sh pull.sh scratch
docker pull "$1"
