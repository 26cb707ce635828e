# Remove this page's image, the files made on the host, and the rootless daemon.
# Warning: with that daemon it removes the packages rootlesskit and uidmap.
# Warning: removes the image my-image, even if it is yours.
docker rmi --force my-image
rm -rf /faq-made-by-container /faq-limits /tmp/faq-host /tmp/faq-container
if id faq-rootless; then
  kill "$(cat /home/faq-rootless/docker.pid)"
  while pgrep --uid faq-rootless; do sleep 0.1; done
  umount /home/faq-rootless
  userdel --remove faq-rootless
  apt-get purge -qq --yes --auto-remove rootlesskit uidmap
fi
