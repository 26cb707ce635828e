# Print the files that an image has of a build, whether it has the folder
# /cache, and the bytes of its last layer: sh look.sh mount
docker run --rm "faq-$1" sh -c \
  'find /lines /cache -type f 2>/dev/null; [ ! -d /cache ] || echo folder /cache'
docker history --human=false --format '{{.Size}} bytes' "faq-$1" | head -n 1
