# Remove this page's containers and images.
# Warning: removes my-app and my-image, even if they are yours.
docker rm --force faq-scratch my-app
docker images --quiet --filter "reference=faq-*" | xargs -r docker rmi --force
docker rmi --force my-image
