# A server and a client on the default network:
# sh default.sh [OPTION of the client]
docker run --detach --name faq-web --hostname faq-host --expose 80 \
  busybox:stable sleep 1000 >/dev/null
docker run --detach --name faq-client "$@" busybox:stable sleep 1000 >/dev/null
