# Run my-image as user 65534: sh set-user-id.sh [options of docker run]
docker run --rm --user 65534 "$@" my-image
