# Mount a directory of the host that is not there.
docker run --rm --volume /tmp/faq-missing:/data busybox:stable ls -d /data
