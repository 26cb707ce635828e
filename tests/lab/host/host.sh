#!/bin/sh
# Makes a container of the lab like a host of its own, then becomes its engine.
# usage: host COMMAND…
set -eu

# The resolver has an address that containers can reach too; 127.0.0.11 has not.
address=$(hostname -i)
dnsmasq --listen-address="$address" --bind-interfaces --no-hosts --no-resolv --server=127.0.0.11
echo "nameserver $address" >/etc/resolv.conf

# On cgroup v2 only a group without processes hands its controllers on, here to containers.
groups=/sys/fs/cgroup
hand_on() {
  sed 's/^/+/; s/ / +/g' "$groups/cgroup.controllers" >"$groups/cgroup.subtree_control"
}
if [ -e "$groups/cgroup.controllers" ]; then
  mkdir -p "$groups/init"
  tries=0
  until hand_on 2>/dev/null || [ "$tries" = 100 ]; do
    tries=$((tries + 1))
    while read -r process; do # one that has just ended cannot be moved
      echo "$process" 2>/dev/null >"$groups/init/cgroup.procs" || true
    done <"$groups/cgroup.procs"
  done
  hand_on || echo "host: cgroup v2 keeps its controllers: no limits for containers" >&2
fi

# dockerd waits 15 s for the containerd that it starts: too short for a slow machine. There, it
# finds one that has the same folders and socket.
if [ -n "${LAB_SLOW:-}" ] && [ "$1" = dockerd ]; then
  address=/run/docker/containerd/containerd.sock
  echo 'disabled_plugins = ["io.containerd.grpc.v1.cri"]' >/run/containerd.toml
  containerd --config /run/containerd.toml --address "$address" \
    --root /var/lib/docker/containerd/daemon --state /run/docker/containerd/daemon &
  until ctr --address "$address" version >/dev/null 2>&1; do sleep 1; done
  set -- "$@" --containerd "$address"
fi

exec "$@"
