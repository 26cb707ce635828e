# Print NAME as the build saw it, and as a container does: sh show.sh default
docker run --rm "faq-$1" sh -c 'cat /built; echo "container: ${NAME-unset}"'
