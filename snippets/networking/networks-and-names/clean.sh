# Remove the containers, networks and the image of this page.
# Warning: removes my-app, my-network, my-image, even if they are yours.
docker ps --all --quiet --filter name=^faq- | xargs -r docker rm --force
docker network ls --quiet --filter name=^faq- | xargs -r docker network rm
docker rm --force my-app
docker network rm my-network
docker images --quiet my-image | xargs -r docker rmi --force
