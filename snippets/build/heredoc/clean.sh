# Remove the images that this page builds.
docker images --quiet --filter "reference=faq-*" | xargs -r docker rmi --force
docker images --quiet my-image | xargs -r docker rmi --force
