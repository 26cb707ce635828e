# Remove the images that this page builds; its cache mounts go with `docker builder prune --all`.
docker images --quiet --filter "reference=faq-*" --filter "reference=registry:5000/faq-*" |
  sort -u | xargs -r docker rmi --force
