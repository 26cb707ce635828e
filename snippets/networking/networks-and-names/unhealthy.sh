# Start a third server with the alias, and wait until it is unhealthy.
docker run --detach --name faq-ill --network faq-net --network-alias faq-any \
  --health-cmd false --health-interval 1s --health-retries 1 \
  busybox:stable sleep 1000 >/dev/null
until docker inspect --format '{{.State.Health.Status}}' faq-ill |
  grep unhealthy; do
  sleep 0.1
done
