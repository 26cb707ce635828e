# Two servers and a client on a network of their own; the servers share an
# alias.
docker network create faq-net >/dev/null
docker run --detach --name faq-web --network faq-net --network-alias faq-any \
  --hostname faq-host busybox:stable sleep 1000 >/dev/null
docker run --detach --name faq-web-2 --network faq-net --network-alias faq-any \
  busybox:stable sleep 1000 >/dev/null
docker run --detach --name faq-client --network faq-net \
  busybox:stable sleep 1000 >/dev/null
