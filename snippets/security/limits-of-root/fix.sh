# Not as root, without capabilities, and with a read-only file system.
docker run --rm --user 65534:65534 --cap-drop ALL \
  --security-opt no-new-privileges --read-only --tmpfs /tmp my-image
