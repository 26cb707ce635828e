# Stop the server, start a container that takes its address, and start the
# server again.
docker stop --time 0 faq-web >/dev/null
docker run --detach --name faq-third --network faq-net \
  busybox:stable sleep 1000 >/dev/null
docker start faq-web >/dev/null
