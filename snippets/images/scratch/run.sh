# Run one of the images of this page: sh run.sh dynamic
docker run --rm "faq-$1"
