# Remove the images that this page builds.
# Warning: removes the image my-image, even if it is yours.
docker images --quiet --filter "reference=faq-*" --filter "reference=my-image" |
  sort -u | xargs -r docker rmi --force
