# Name its capabilities: sh capabilities.sh [options of docker run]
# Needs: the package libcap2-bin on the host.
mask=$(docker run --rm "$@" busybox:stable awk '/^CapEff:/ { print $2 }' /proc/self/status)
capsh --decode="$mask"
echo "last capability of the kernel: $(cat /proc/sys/kernel/cap_last_cap)"
