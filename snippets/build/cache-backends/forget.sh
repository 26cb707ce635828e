# Print the last layer of the image; remove it and the build cache, as on a new
# machine.
# Warning: removes your whole build cache.
docker image inspect --format '{{join .RootFS.Layers "\n"}}' \
  localhost:5000/my-image | tail -n 1
docker rmi --force localhost:5000/my-image >/dev/null
docker builder prune --all --force >/dev/null
