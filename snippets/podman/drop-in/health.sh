# Build the image, and show its health check.
docker build --tag faq-app . >/dev/null
docker inspect --type image --format '{{json .}}' faq-app |
  grep -o '"Healthcheck":{[^}]*}' || echo "without a health check"
