# Build an image with a name without a registry, and print its names.
docker build --quiet --tag faq-app . >/dev/null
docker inspect --type image --format '{{json .RepoTags}}' faq-app
