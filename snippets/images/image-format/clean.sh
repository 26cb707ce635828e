# Remove the images that this page builds and pulls.
docker images --format '{{.Repository}}:{{.Tag}}' |
  grep -E '^(registry:5000/)?(faq-|my-image)' | xargs -r docker rmi --force
