# Remove the images that this page builds.
# Warning: removes the image my-image, even if it is yours.
docker images --quiet --filter "reference=faq-*" | xargs -r docker rmi --force
docker images --quiet my-image | xargs -r docker rmi --force
