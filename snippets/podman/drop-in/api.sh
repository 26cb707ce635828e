# Print the container list of the API, as a program gets it from the socket.
docker run --detach --name faq-server busybox:stable sleep 60 >/dev/null
curl --silent --unix-socket /var/run/docker.sock http://docker/containers/json
