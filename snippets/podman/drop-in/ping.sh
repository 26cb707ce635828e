# Ping the loopback address of the container: sh ping.sh --cap-add NET_RAW
docker run --rm "$@" busybox:stable ping -c 1 127.0.0.1
