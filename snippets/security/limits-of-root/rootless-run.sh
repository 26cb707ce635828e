# Is root of a privileged container of the rootless daemon root on the host?
docker --host unix:///home/faq-rootless/docker.sock run --rm --privileged \
  --network none --volume /:/host busybox:stable sh -c '
  echo "user in the container: $(id -u)"
  touch /host/home/faq-rootless/file
  touch /host/faq-made-by-container
  mknod /disk b 7 0'
stat -c 'on the host, user %U made %n' /home/faq-rootless/file
