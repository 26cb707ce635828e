# A container on another network.
docker network create faq-other >/dev/null
docker run --detach --name faq-stranger --network faq-other \
  busybox:stable sleep 1000 >/dev/null
