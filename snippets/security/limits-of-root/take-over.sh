# Whoever may start containers writes to the host as root.
# Warning: writes the file /faq-made-by-container on the host.
docker run --rm --volume /:/host busybox:stable touch /host/faq-made-by-container
