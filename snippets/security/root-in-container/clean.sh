# Remove this page's container and image, and the second daemon with all it has.
# Warning: removes the image my-image, even if it is yours.
docker rm --force faq-root
docker rmi --force my-image
rm -rf /tmp/faq-root
if [ -e /run/faq-remap/pid ]; then
  daemon=$(cat /run/faq-remap/pid)
  docker --host unix:///run/faq-remap/docker.sock rm --force faq-root
  kill "$daemon"
  while kill -0 "$daemon"; do :; done
fi
if [ -d /run/faq-remap ]; then
  umount /run/faq-remap
  rmdir /run/faq-remap
  userdel faq-remap
  sed -i /^faq-remap:/d /etc/subuid /etc/subgid
fi
