# Remove the container and the image of this page.
docker rm --force faq-moby
docker rmi --force faq-moby
