# Start a container on two networks at once, and list its addresses.
docker network create faq-net >/dev/null
docker network create faq-other >/dev/null
docker run --rm --network faq-net --network faq-other \
  busybox:stable ip -4 -o addr show
