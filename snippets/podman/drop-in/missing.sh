# Mount a directory of the host that is not there; then look for it on the host.
docker run --rm --volume /tmp/faq-missing:/data busybox:stable ls -d /data
ls -d /tmp/faq-missing
