# Remove the images that this page builds, and two Dockerfiles that it writes.
docker images --quiet --filter "reference=faq-*" | xargs -r docker rmi --force
rm -f changed many-layers
