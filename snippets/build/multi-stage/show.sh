# Print a file as a container of the image sees it: sh show.sh target /stage
docker run --rm "faq-$1" cat "$2"
