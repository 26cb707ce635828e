# Remove the images that this page builds, and its token.
rm -f ../my-token.txt
docker images --quiet --filter "reference=faq-*" --filter "reference=my-image" |
  sort -u | xargs -r docker rmi --force
