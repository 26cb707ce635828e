# Publish port 8080 from another container.
docker run --detach --name faq-second --publish 8080:80 busybox:stable \
  sleep 1000
