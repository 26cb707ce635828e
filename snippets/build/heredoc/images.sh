# List the images that this page has built.
docker images --filter "reference=faq-*" --format '{{.Repository}}'
