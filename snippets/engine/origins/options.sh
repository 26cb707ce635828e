# Try the two options for LXC of old releases, and one that is still there.
dockerd --exec-driver lxc --version 2>&1 |
  grep -o -e 'unknown flag: .*' -e 'Docker version'
docker run --rm --lxc-conf lxc.utsname=x busybox:stable true 2>&1 |
  grep -o 'unknown flag: .*'
dockerd --exec-opt native.cgroupdriver=cgroupfs --version 2>&1 |
  grep -o -e 'unknown flag: .*' -e 'Docker version'
