# Print the image's id, then the SHA-256 of its manifest in the registry:
# sh id.sh TAG
docker image inspect --format '{{.Id}}' faq-format
sh manifest.sh "$1" | sha256sum
