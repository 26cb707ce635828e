# Run curl in a container of the image: sh curl.sh fix
docker run --rm "faq-$1" curl --version
