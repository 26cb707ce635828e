# Remove the containers and networks of this page.
docker ps --all --quiet --filter name=^faq- | xargs -r docker rm --force
docker network ls --quiet --filter name=^faq- | xargs -r docker network rm
