# Give the image the name that the fix uses.
docker tag faq-format my-image
