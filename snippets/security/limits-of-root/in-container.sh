# Try the same in a container: sh in-container.sh [options of docker run]
docker run --rm --interactive "$@" busybox:stable sh -s <fences.sh
