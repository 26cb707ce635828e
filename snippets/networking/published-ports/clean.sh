# Remove the containers, the network and the image of this page.
docker ps --all --quiet --filter name=^faq- | xargs -r docker rm --force
docker network ls --quiet --filter name=^faq- | xargs -r docker network rm
docker images --quiet faq-exposing | xargs -r docker rmi --force
