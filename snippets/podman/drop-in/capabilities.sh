# Show the capabilities of root in a container, as a bit mask.
docker run --rm busybox:stable grep CapEff /proc/self/status
