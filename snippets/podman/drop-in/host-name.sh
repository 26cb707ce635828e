# Is the host's name in /etc/hosts of a container without --add-host?
docker run --rm busybox:stable sh -c '
  if grep -q -w host.docker.internal /etc/hosts; then echo there; else echo missing; fi'
