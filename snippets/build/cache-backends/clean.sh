# Remove the images that this page builds, and its registry. Its cache mounts go
# with `docker builder prune --all`.
# Warning: removes the image my-image, even if it is yours.
docker rm --force --volumes faq-registry
docker images --quiet --filter "reference=faq-*" --filter "reference=my-image" \
  --filter "reference=registry:5000/faq-*" \
  --filter "reference=localhost:5000/my-image" |
  sort -u | xargs -r docker rmi --force
