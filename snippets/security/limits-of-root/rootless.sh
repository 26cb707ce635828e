# Start a second daemon as a plain user, here without a network.
# Needs: root on the host, with Debian's packages in reach.
# Warning: installs rootlesskit and uidmap, adds a user; clean.sh removes them.
apt-get update -qq
apt-get install -qq --yes --no-install-recommends rootlesskit uidmap >/dev/null 2>&1
useradd --create-home faq-rootless
home=/home/faq-rootless
mount -t tmpfs -o exec,dev,suid tmpfs $home
chown faq-rootless $home
setpriv --reuid faq-rootless --regid faq-rootless --clear-groups \
  env HOME=$home XDG_RUNTIME_DIR=$home \
  rootlesskit --net=host --copy-up=/etc --copy-up=/run sh -c '
    rm -f /run/docker /run/containerd /run/xtables.lock
    exec dockerd --rootless --bridge none --iptables=false' >$home/log 2>&1 &
until curl --fail --silent --unix-socket $home/docker.sock http://d/_ping >/dev/null; do
  kill -0 $! || exit
done
docker save busybox:stable | docker --host unix://$home/docker.sock load --quiet
docker --host unix://$home/docker.sock info --format '{{.SecurityOptions}}'
