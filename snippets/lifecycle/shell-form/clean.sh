# Remove the container and the images of this page.
docker rm --force faq-stop
docker images --quiet --filter "reference=faq-*" | xargs -r docker rmi --force
