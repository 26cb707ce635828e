# Print a file as a container of the image sees it: sh show.sh secret /password
docker run --rm "faq-$1" cat "$2"
