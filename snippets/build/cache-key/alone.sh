# Build without the cache, then as usual.
docker build --no-cache --tag faq-alone --file alone.Dockerfile .
echo "second build"
docker build --tag faq-alone --file alone.Dockerfile .
