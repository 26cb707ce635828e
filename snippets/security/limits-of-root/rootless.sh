# Start a second daemon as a plain user: rootless mode, here without a network to keep it short.
apt-get update -qq
apt-get install -qq --yes --no-install-recommends rootlesskit uidmap >/dev/null 2>&1
useradd --create-home faq-rootless
mount -t tmpfs -o exec,dev,suid tmpfs /home/faq-rootless
chown faq-rootless /home/faq-rootless
setpriv --reuid faq-rootless --regid faq-rootless --clear-groups \
  env HOME=/home/faq-rootless XDG_RUNTIME_DIR=/home/faq-rootless \
  rootlesskit --net=host --copy-up=/etc --copy-up=/run sh -c '
    rm -f /run/docker /run/containerd /run/xtables.lock
    exec dockerd --rootless --bridge none --iptables=false' >/home/faq-rootless/log 2>&1 &
until curl --fail --silent --unix-socket /home/faq-rootless/docker.sock http://d/_ping >/dev/null; do
  kill -0 $! || exit
done
docker save busybox:stable | docker --host unix:///home/faq-rootless/docker.sock load --quiet
docker --host unix:///home/faq-rootless/docker.sock info --format '{{.SecurityOptions}}'
