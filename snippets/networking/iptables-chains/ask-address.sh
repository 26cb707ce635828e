# Ask for the page of faq-web, by the address of its container, from a container
# on a network: sh ask-address.sh NETWORK
address=$(docker inspect faq-web \
  --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}')
docker run --rm --init --network "$1" busybox:stable \
  timeout 3 wget -q -O - "http://$address/" || echo "no answer"
