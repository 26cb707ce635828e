# Print what the process `sleep` of a container has of its own and what is the
# host's: sh compare.sh lxc|docker
# Needs: root on the host.
if [ "$1" = lxc ]; then
  LD_LIBRARY_PATH=$(echo /tmp/faq-lxc/usr/lib/*-linux-gnu)
  export LD_LIBRARY_PATH
  pid=$(/tmp/faq-lxc/usr/bin/lxc-info --pid --no-humanize \
    --name faq-lxc --lxcpath /tmp/faq-lxc/lxc)
else
  pid=$(docker inspect --format '{{.State.Pid}}' faq-origins)
fi
host=/proc/self/ns
for namespace in mnt pid net ipc uts user; do
  own=$(readlink "/proc/$pid/ns/$namespace")
  if [ "$own" = "$(readlink "$host/$namespace")" ]; then
    echo "$namespace: the host's"
  else
    echo "$namespace: its own"
  fi
done
while IFS=: read -r _ controllers path; do
  if grep -q ":$controllers:$path$" /proc/self/cgroup; then
    echo "cgroup $controllers: the host's"
  else
    echo "cgroup $controllers: its own"
  fi
done <"/proc/$pid/cgroup"
sed --quiet -e 's/^CapEff:\t/capabilities: /p' -e 's/^Seccomp:\t/seccomp: /p' \
  "/proc/$pid/status"
echo "command: $(tr '\0' ' ' <"/proc/$pid/cmdline")"
cd "/proc/$pid/root" && echo "root:" */
