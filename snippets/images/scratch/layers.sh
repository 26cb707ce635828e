# Print how many layers an image has: sh layers.sh IMAGE
docker image inspect --format '{{len .RootFS.Layers}}' "$1"
