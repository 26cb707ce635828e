# Build an image with one RUN.
docker build --network none --tag faq-build .
