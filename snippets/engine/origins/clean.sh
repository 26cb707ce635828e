# Remove the containers of this page, and LXC with its own.
docker rm --force faq-origins faq-origins-2
runc delete --force faq-origins
if [ -x /tmp/faq-lxc/usr/bin/lxc-stop ]; then
  LD_LIBRARY_PATH=$(echo /tmp/faq-lxc/usr/lib/*-linux-gnu) \
    /tmp/faq-lxc/usr/bin/lxc-stop --kill --name faq-lxc --lxcpath /tmp/faq-lxc/lxc
  rmdir /sys/fs/cgroup/*/lxc.*faq-lxc /sys/fs/cgroup/*/lxc.pivot
fi
rm -rf /tmp/faq-lxc
