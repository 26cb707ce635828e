# Run apt-get in a container of Debian: sh apt-get.sh remove --yes tzdata
docker run --rm debian:bookworm-slim apt-get "$@"
