# Build the image, and ask for its health check.
docker build --tag faq-app . >/dev/null
docker inspect --type image --format '{{json .}}' faq-app | grep -c '"Healthcheck":{'
