# Start the server with busybox's files in /tools, and use the shell there.
docker run --detach --name faq-scratch \
  --mount type=image,source=busybox:stable,target=/tools \
  faq-httpd >/dev/null || exit
docker exec faq-scratch /tools/bin/sh -c '
  export PATH=/tools/bin
  ls /
  touch /tools/file'
