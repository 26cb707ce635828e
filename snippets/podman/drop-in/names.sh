# Ask a server by its name, on a network of its own: sh names.sh faq-net
if [ "$1" ]; then
  docker network create "$1" >/dev/null
fi
docker run --detach --name faq-server ${1:+--network "$1"} busybox:stable \
  sh -c 'echo it answers >/index.html; exec httpd -f -h /' >/dev/null
until docker exec faq-server wget -q -O /dev/null http://127.0.0.1/; do sleep 0.1; done
docker run --rm ${1:+--network "$1"} busybox:stable wget -q -O - http://faq-server/
