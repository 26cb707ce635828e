# Start the server with busybox's files mounted at /tools; then its shell is there.
docker run --detach --name faq-scratch --mount type=image,source=busybox:stable,target=/tools \
  faq-httpd || exit
docker exec faq-scratch /tools/bin/sh -c 'export PATH=/tools/bin; ls /; touch /tools/file'
