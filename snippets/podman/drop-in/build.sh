# Build the image, and run it.
docker build --tag faq-app .
docker run --rm faq-app
