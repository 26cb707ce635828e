# Build an image, run it, and list what its container added to it.
docker build --quiet --tag faq-when --file when.Dockerfile .
docker run --name faq-when faq-when
docker diff faq-when
