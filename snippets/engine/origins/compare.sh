# Print what a process has of its own and what is the host's: sh compare.sh PID
for namespace in mnt pid net ipc uts user; do
  if [ "$(readlink "/proc/$1/ns/$namespace")" = "$(readlink "/proc/self/ns/$namespace")" ]; then
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
done <"/proc/$1/cgroup"
sed --quiet -e 's/^CapEff:\t/capabilities: /p' -e 's/^Seccomp:\t/seccomp: /p' "/proc/$1/status"
echo "command: $(tr '\0' ' ' <"/proc/$1/cmdline")"
cd "/proc/$1/root" && echo "root:" */
