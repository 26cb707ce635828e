# Remove the images that this page builds.
docker images --quiet --filter "reference=faq-*" | xargs -r docker rmi --force
