# Start a web server in a container: sh serve.sh [OPTION of docker run]...
docker run --detach --name faq-web "$@" busybox:stable \
  sh -c 'echo hello >/index.html && exec httpd -f -h /' >/dev/null
until docker exec faq-web wget -q -O /dev/null http://127.0.0.1/; do
  sleep 0.1
done
