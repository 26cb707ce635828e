# Print the files that an image has of a build, whether it has the folder
# /cache, and the bytes of its last layer: sh look.sh mount
docker run --rm --workdir / "faq-$1" sh -c \
  'find lines cache -type f; [ ! -d cache ] || echo folder cache' 2>/dev/null
docker history --human=false --format '{{.Size}} bytes' "faq-$1" | head -n 1
