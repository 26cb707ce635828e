# Print files of an image: sh show.sh copy /expanded
image="faq-$1"
shift
docker run --rm "$image" cat "$@"
