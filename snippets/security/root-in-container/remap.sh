# Start a second daemon that maps root to user 100000: sh remap.sh [options of dockerd]
useradd --system --no-create-home faq-remap
echo faq-remap:100000:65536 | tee -a /etc/subuid >>/etc/subgid
mkdir -p /run/faq-remap && mount -t tmpfs -o exec,dev,suid tmpfs /run/faq-remap
# In a network of its own: with `--bridge none` it would delete the first daemon's docker0.
unshare --net dockerd --userns-remap faq-remap "$@" \
  --data-root /run/faq-remap/data --exec-root /run/faq-remap/exec \
  --pidfile /run/faq-remap/pid --host unix:///run/faq-remap/docker.sock \
  --bridge none --iptables=false >/run/faq-remap/log 2>&1 &
daemon=$!
until curl --fail --silent --unix-socket /run/faq-remap/docker.sock http://d/_ping >/dev/null; do
  kill -0 "$daemon" || exit
done
docker save busybox:stable | docker --host unix:///run/faq-remap/docker.sock load --quiet
docker --host unix:///run/faq-remap/docker.sock info --format '{{.SecurityOptions}} {{.DriverStatus}}'
