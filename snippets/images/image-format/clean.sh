# Remove the images that this page builds and pulls.
# Warning: removes the image my-image, even if it is yours.
docker images --format '{{.Repository}}:{{.Tag}}' |
  grep -E '^(registry:5000/)?(faq-|my-image)' | xargs -r docker rmi --force
