# Build an image without a registry in its name, and ask for its names.
docker build --quiet --tag faq-app . >/dev/null
docker inspect --type image --format '{{json .RepoTags}}' faq-app
