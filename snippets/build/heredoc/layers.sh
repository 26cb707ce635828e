# Count the layers that an image adds to its base, and print the size of what
# each instruction added, the last one first: sh layers.sh my-image
base=$(docker image inspect --format '{{len .RootFS.Layers}}' busybox:stable)
all=$(docker image inspect --format '{{len .RootFS.Layers}}' "$1")
echo "new layers: $((all - base))"
docker history --format '{{.Size}} {{.CreatedBy}}' "$1"
