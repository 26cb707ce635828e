# On the default network: wget: bad address 'my-app'.
docker run --detach --name my-app my-image
docker run --rm busybox:stable wget -q -O - http://my-app
