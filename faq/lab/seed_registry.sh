#!/bin/sh
# Pushes an image that `docker save` sends on standard input to the lab's registry.
# Runs in an engine of the lab. usage: seed_registry.sh NAME TAG CONTENT-TAG
#
# The tag that names the content tells whether the registry has this very image already; the
# other one may have been moved to another image since, and back.
set -eu
image=$1:$2
repository=registry:5000/library/$1

digest() {
  curl -fsI -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' \
    "http://registry:5000/v2/library/$1/manifests/$2" | grep -i ^docker-content-digest
}

pushed=$(digest "$1" "$3") && [ "$pushed" = "$(digest "$1" "$2")" ] && exit
docker load -q
for tag in "$2" "$3"; do
  docker tag "$image" "$repository:$tag"
  docker push -q "$repository:$tag"
  docker rmi "$repository:$tag"
done
docker rmi "$image"
