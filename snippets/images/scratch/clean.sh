# Remove this page's container and images.
docker rm --force faq-scratch
docker images --quiet --filter "reference=faq-*" | xargs -r docker rmi --force
