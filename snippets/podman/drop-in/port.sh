# Publish a port of a server, and send a request to it from the host.
docker run --detach --publish 8080:80 --name faq-server busybox:stable \
  sh -c 'echo it answers >/index.html; exec httpd -f -h /' >/dev/null
curl --silent --retry 10 --retry-delay 1 --retry-all-errors http://127.0.0.1:8080/
