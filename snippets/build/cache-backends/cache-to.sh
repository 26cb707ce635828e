# Build and export the cache: sh cache-to.sh type=local,dest=cache
docker build --tag faq-cache-to --file random.Dockerfile --cache-to "$1" .
