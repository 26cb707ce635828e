# Print what two steps saw, as they wrote it: sh show.sh hidden
docker run --rm "faq-$1" sh -c \
  'for file in with without; do echo "$file: $(cat /$file | xargs)"; done'
