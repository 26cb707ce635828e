# Remove the images that this page builds, and its token.
# Warning: removes my-image and ../my-token.txt, even if they are yours.
rm -f ../my-token.txt
docker images --quiet --filter "reference=faq-*" --filter "reference=my-image" |
  sort -u | xargs -r docker rmi --force
