# Start the same web server without a published port: sh unpublished.sh NAME
docker run --detach --name "$1" busybox:stable \
  sh -c 'echo hello >/index.html && exec httpd -f -h /' >/dev/null
