# Ask the API for the containers, as a program does that has Docker's socket.
docker run --detach --name faq-server busybox:stable sleep 60 >/dev/null
curl --silent --unix-socket /var/run/docker.sock http://docker/containers/json
