# Run an image of this page, with arguments or without:
# sh run.sh shell-cmd 'echo bye'
image="faq-$1"
shift
docker run --rm "$image" "$@"
