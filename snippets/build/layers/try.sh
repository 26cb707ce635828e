# Run the image with the many layers: sh try.sh 125
docker run --rm "faq-many:$1" echo it runs
