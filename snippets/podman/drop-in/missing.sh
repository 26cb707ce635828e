# Mount a host directory that does not exist, then list it on the host.
docker run --rm --volume /tmp/faq-missing:/data busybox:stable ls -d /data
ls -d /tmp/faq-missing
