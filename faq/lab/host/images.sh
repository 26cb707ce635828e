#!/bin/sh
# Loads what `docker save` wrote into a Docker data folder, with the tree's own dockerd, and the
# content of the lab's registry beside it: under emulation that takes half an hour.
# `faq.lab.virtual_machine` starts it in mount and PID namespaces of its own.
# usage: images.sh TREE DATA ARCHIVE VOLUME REGISTRY
set -eu
tree=$1
data=$2
archive=$3
volume=$4
registry=$5

mount --make-rprivate /
mount --bind "$tree" "$tree"
mount -t proc proc "$tree/proc"
mount --rbind /sys "$tree/sys"
mount --rbind /dev "$tree/dev"
mount -t tmpfs tmpfs "$tree/run"
mount -t tmpfs tmpfs "$tree/tmp"
mkdir -p "$tree/run/outside" "$tree/var/lib/docker"
mount --bind "$data" "$tree/var/lib/docker"

exec <"$archive" 3<"$registry"
cd "$tree" # a plain chroot is not enough: loading needs / to be a mount point
pivot_root . run/outside
umount -l /run/outside

unset DOCKER_CONFIG DOCKER_CONTEXT
export DOCKER_HOST=unix:///run/docker.sock
dockerd --host "$DOCKER_HOST" --exec-root /run/docker --pidfile /run/docker.pid \
  --storage-driver overlay2 --bridge none --iptables=false --ip6tables=false --ip-forward=false &
daemon=$!
until docker version >/dev/null 2>&1; do
  kill -0 "$daemon"
  sleep 0.2
done
docker load --quiet
docker volume create --label "com.docker.compose.project=${volume%_*}" \
  --label "com.docker.compose.volume=${volume#*_}" "$volume"
tar -x -C "/var/lib/docker/volumes/$volume/_data" <&3
kill "$daemon"
wait "$daemon" || true
