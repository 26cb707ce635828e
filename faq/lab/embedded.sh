#!/bin/sh
# PID 1 of the embedded engine. `faq.lab.embedded` starts it in mount and PID namespaces of its
# own, so ending it ends every container, mount and interface it made; the host keeps none.
# usage: embedded.sh TREE STATE [OPTION of slirp4netns]
set -eu
tree=$1
state=$2
shift 2

mount --make-rprivate /
mount --bind "$tree" "$tree"
mount -t proc proc "$tree/proc"
mount --rbind /sys "$tree/sys"
mount --rbind /dev "$tree/dev"
mount -t tmpfs -o mode=755 tmpfs "$tree/run"
mount -t tmpfs tmpfs "$tree/tmp"
mkdir -p "$tree/state" "$tree/host"
mount --bind "$state" "$tree/state"

# Containers ask slirp4netns (10.0.2.3), which alone sees the host's resolver.
cp /etc/resolv.conf "$tree/run/host-resolv.conf"
rm -f "$tree/etc/resolv.conf"
echo "nameserver 10.0.2.3" >"$tree/etc/resolv.conf"

# A plain chroot is not enough: `docker import` needs / to be a mount point.
cd "$tree"
pivot_root . host
umount -l /host

# A network of its own, joined to the outside by a process: no bridge, firewall rule or
# sysctl of the host is touched.
ip netns add engine
unshare --mount sh -c '
  mount --bind /run/host-resolv.conf /etc/resolv.conf
  exec slirp4netns --configure --mtu=1400 "$@" --netns-type=path /run/netns/engine tap0
' sh "$@" >/run/slirp4netns.log 2>&1 &

exec docker-init -- nsenter --net=/run/netns/engine dockerd \
  --host unix:///state/docker.sock --data-root /state/data \
  --exec-root /run/docker --pidfile /run/dockerd.pid \
  --cgroup-parent /container-faq --dns 10.0.2.3
