# Run the root file system of an image with runc alone, without containerd.
# Needs: root on the host.
mkdir rootfs
docker create --name faq-origins busybox:stable >/dev/null
docker export faq-origins | tar --extract --directory rootfs
docker rm faq-origins >/dev/null
runc spec
sed -i -e 's/"terminal": true/"terminal": false/' \
  -e 's/"sh"$/"sh", "-c", "hostname; echo PID $$; ls \/bin\/busybox"/' config.json
runc run faq-origins
echo "On the host:"
hostname
ls /bin/busybox || true
