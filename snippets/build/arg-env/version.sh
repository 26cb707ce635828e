# Print VERSION in a container of the fix.
docker run --rm my-image sh -c 'echo "$VERSION"'
