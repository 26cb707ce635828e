# Fetch LXC without installing it, and start an image's root file system with
# it. A prefix for lxc-start may be given: sh lxc.sh [unshare --cgroup]
# Needs: root on a Debian host, and Debian's package mirror.
mkdir -p /tmp/faq-lxc/lists/partial /tmp/faq-lxc/cache/archives/partial
mkdir -p /tmp/faq-lxc/rootfs /tmp/faq-lxc/mount /tmp/faq-lxc/lxc
cat >/tmp/faq-lxc/apt.conf <<EOF
Dir::State::Lists "/tmp/faq-lxc/lists";
Dir::Cache "/tmp/faq-lxc/cache";
Acquire::Languages "none";
EOF
export APT_CONFIG=/tmp/faq-lxc/apt.conf
apt-get -qq update
apt-get -qq install --yes --no-install-recommends --download-only lxc \
  >/dev/null
for package in /tmp/faq-lxc/cache/archives/*.deb; do
  dpkg --extract "$package" /tmp/faq-lxc
done
docker create --name faq-origins busybox:stable >/dev/null
docker export faq-origins | tar --extract --directory /tmp/faq-lxc/rootfs
docker rm faq-origins >/dev/null
LD_LIBRARY_PATH=$(echo /tmp/faq-lxc/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH PATH="/tmp/faq-lxc/usr/bin:$PATH"
"$@" lxc-start --name faq-lxc --lxcpath /tmp/faq-lxc/lxc --rcfile lxc.conf \
  -- sleep 600
lxc-info --name faq-lxc --lxcpath /tmp/faq-lxc/lxc --state --pid
