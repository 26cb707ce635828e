# Print the image's id, and the SHA-256 of its manifest in the registry if a
# tag is given: sh id.sh [TAG]
docker image inspect --format '{{.Id}}' faq-format
[ $# -eq 0 ] || sh manifest.sh "$1" | sha256sum
