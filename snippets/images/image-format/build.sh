# Build the image of this page; options of `docker build` may follow.
docker build "$@" --tag faq-format --file image.Dockerfile .
