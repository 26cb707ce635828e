# Run ufw and nft in a container that shares the host's network and rules.
docker build --quiet --tag faq-ufw --file ufw.Dockerfile . >/dev/null
docker run --detach --name faq-ufw --network host --cap-add NET_ADMIN \
  faq-ufw >/dev/null
