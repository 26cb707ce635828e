# Remove this page's container, the files made on the host, and the rootless daemon with its user.
docker rm --force faq-limits
rm -rf /faq-made-by-container /faq-limits
if id faq-rootless; then
  kill "$(cat /home/faq-rootless/docker.pid)"
  while pgrep --uid faq-rootless; do sleep 0.1; done
  umount /home/faq-rootless
  userdel --remove faq-rootless
  apt-get purge -qq --yes --auto-remove rootlesskit uidmap
fi
