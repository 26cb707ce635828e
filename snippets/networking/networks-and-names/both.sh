# Start a container on two networks at once; print the subnets of both, then the
# addresses of the container.
docker network create faq-net >/dev/null
docker network create faq-other >/dev/null
docker network inspect --format '{{range .IPAM.Config}}{{.Subnet}}{{end}}' \
  faq-net faq-other
docker run --rm --network faq-net --network faq-other \
  busybox:stable ip -4 -o addr show
