# Run an image that nobody built here: sh run-image.sh scratch
docker run --rm "$1" true
