# Remove the containers, images and files of this page.
# Warning: removes my-app and my-image, even if they are yours.
docker ps --all --quiet --filter name=^faq- | xargs -r docker rm --force
docker rm --force my-app
docker images --quiet my-image | xargs -r docker rmi --force
rm -f file
