docker run --detach --name my-app \
  --memory 256m --memory-swap 256m \
  --cpus 0.5 \
  my-image
