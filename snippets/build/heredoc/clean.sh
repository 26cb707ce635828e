# Remove the images that this page builds.
docker images --quiet --filter "reference=faq-*" | xargs -r docker rmi --force
docker images --quiet my-image | xargs -r docker rmi --force
rm -f ~/.docker/.buildNodeID # written by BuildKit's client in Docker 20.10
