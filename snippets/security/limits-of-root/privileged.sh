# What does --privileged give? sh privileged.sh [options of docker run]
# Needs: root on the host.
# shellcheck disable=SC2016 # the shell that runs it expands it
list='cd /dev && ls -l | awk "/^[bc]/ { print \$NF }" | grep -v -e "^tty" -e "^pt" | sort'
echo "CapEff of dockerd: $(awk '/^CapEff:/ { print $2 }' "/proc/$(pidof dockerd)/status")"
docker run --rm "$@" busybox:stable sh -c '
  awk "/^(CapEff|Seccomp):/ { print \$1, \$2 }" /proc/self/status
  echo "masked or read-only paths: $(grep -c -e " /proc/" -e " /sys/firmware" /proc/mounts)"
  said=$( (hostname >/proc/sys/kernel/hostname) 2>&1)
  echo "write to /proc/sys: ${said:-done}"
  said=$(mount -t tmpfs none /tmp 2>&1)
  echo "mount: ${said:-done}"'
sh -c "$list" >/tmp/faq-host
docker run --rm "$@" busybox:stable sh -c "$list" >/tmp/faq-container
echo "devices of the host that are missing: $(comm -23 /tmp/faq-host /tmp/faq-container | wc -l)"
