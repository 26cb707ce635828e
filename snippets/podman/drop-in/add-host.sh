# Ask for the host by a name of one's own, given with --add-host.
docker run --rm --add-host faq-host:host-gateway busybox:stable grep faq-host /etc/hosts
