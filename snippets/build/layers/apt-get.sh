# Run an operation of apt-get in a container of Debian: sh apt-get.sh remove
docker run --rm debian:bookworm-slim apt-get "$1" --yes tzdata
