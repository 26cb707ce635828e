# Start the same container without limits; print the host's memory.
docker run --detach --name my-app my-image >/dev/null
grep MemTotal /proc/meminfo
