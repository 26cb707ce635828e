# Start a web server on port 8081 of the host's own network.
docker run --detach --name faq-host-web --network host busybox:stable \
  sh -c 'echo hello >/index.html && exec httpd -f -p 8081 -h /' >/dev/null
until curl -s -o /dev/null http://127.0.0.1:8081/; do sleep 0.1; done
