# Ask for the host by its name, with --add-host.
docker run --rm --add-host host.docker.internal:host-gateway busybox:stable \
  grep host.docker.internal /etc/hosts
