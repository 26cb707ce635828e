# Name the capabilities of a container's process: sh capabilities.sh [options of docker run]
mask=$(docker run --rm "$@" busybox:stable awk '/^CapEff:/ { print $2 }' /proc/self/status)
capsh --decode="$mask"
