docker network create my-network
docker run --detach --name my-app --network my-network my-image
docker run --rm --network my-network \
  busybox:stable wget -q -O - http://my-app
