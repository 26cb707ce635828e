# Print how Debian's packages let systemd start the two daemons.
grep '^ExecStart=' /lib/systemd/system/docker.service \
  /lib/systemd/system/containerd.service
