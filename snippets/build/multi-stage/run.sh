# Run the program of the image: sh run.sh fix
docker run --rm "faq-$1"
