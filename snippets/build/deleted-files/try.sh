# Run a program in a container of the image: sh try.sh fix curl --version
name=$1
shift
docker run --rm "faq-$name" "$@"
