# Publish a web server on two ports.
docker run --detach --name faq-web --publish 8080:80 --publish 8082:80 busybox:stable \
  sh -c 'echo hello >/index.html && exec httpd -f -h /' >/dev/null
until docker exec faq-web wget -q -O /dev/null http://127.0.0.1/; do sleep 0.1; done
