# Start a second daemon that maps root to user 100000.
# Needs: root on the host.
# Warning: adds the user faq-remap, and lines to /etc/subuid and /etc/subgid.
useradd --system --no-create-home faq-remap
echo faq-remap:100000:65536 | tee -a /etc/subuid >>/etc/subgid
mkdir -p /run/faq-remap && mount -t tmpfs -o exec,dev,suid tmpfs /run/faq-remap
socket=/run/faq-remap/docker.sock
# In its own network namespace: `--bridge none` would delete docker0.
unshare --net dockerd --userns-remap faq-remap "$@" \
  --data-root /run/faq-remap/data --exec-root /run/faq-remap/exec \
  --pidfile /run/faq-remap/pid --host unix://$socket \
  --bridge none --iptables=false >/run/faq-remap/log 2>&1 &
daemon=$!
until curl --fail --silent --unix-socket $socket http://d/_ping >/dev/null; do
  kill -0 "$daemon" || exit
done
docker save busybox:stable | docker --host unix://$socket load --quiet
docker --host unix://$socket info --format '{{.SecurityOptions}} {{.DriverStatus}}'
