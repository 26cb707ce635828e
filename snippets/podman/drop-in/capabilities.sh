# What root may do in a container, as a bit mask.
docker run --rm busybox:stable grep CapEff /proc/self/status
