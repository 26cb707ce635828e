# Remove the images that this page builds.
docker images --quiet --filter "reference=faq-*" --filter "reference=my-image" |
  sort -u | xargs -r docker rmi --force
