# Print what the build saw, and what the container sees of NAME: sh show.sh default
docker run --rm "faq-$1" sh -c 'cat /built; echo "container: ${NAME-unset}"'
