# Run the image with the many layers.
docker run --rm faq-many echo it runs
