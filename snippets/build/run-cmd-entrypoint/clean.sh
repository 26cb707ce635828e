# Remove the containers and the images of this page.
docker ps --all --quiet --filter name=^faq- | xargs -r docker rm --force
docker images --quiet --filter "reference=faq-*" | xargs -r docker rmi --force
