# Keep two processes busy for four seconds. How many seconds of processor time
# does the cgroup (v2 or v1) use in each second, and is it ever throttled?
used() {
  cd /sys/fs/cgroup || exit
  if [ -e cpu.stat ]; then
    sed -n 's/^usage_usec //p' cpu.stat
  else
    sed 's/...$//' cpuacct/cpuacct.usage
  fi
}
now() { cut -d ' ' -f 1 /proc/uptime; }
while :; do :; done &
while :; do :; done &
before="$(used) $(now)"
sleep 4
echo "$before $(used) $(now)" |
  awk '{printf "processor seconds per second: %.2f\n",
    ($3 - $1) / 1e6 / ($4 - $2)}'
cat /sys/fs/cgroup/cpu.stat /sys/fs/cgroup/cpu/cpu.stat 2>/dev/null |
  sed -n 's/^nr_throttled /throttled periods: /p'
