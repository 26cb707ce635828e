#!/bin/sh
# Makes a Debian tree into the host of the virtual machine: its disks, network, users, and the
# Python packages of the project, which emulation would take long to install.
# `faq.lab.virtual_machine` starts it in a mount namespace of its own.
# usage: tree.sh TREE REQUIREMENTS KEY [FOLDER...], those that the settings of pip lead into
set -eu
tree=$1
requirements=$2
key=$3
shift 3

cat >"$tree/etc/fstab" <<'END'
LABEL=system / ext4 errors=remount-ro 0 1
LABEL=docker /var/lib/docker ext4 defaults 0 2
END
cat >"$tree/etc/systemd/network/wired.network" <<'END'
[Match]
Name=e*
[Network]
Address=10.0.2.15/24
Gateway=10.0.2.2
END
echo host >"$tree/etc/hostname"
echo "127.0.0.1 localhost host" >"$tree/etc/hosts"
echo "UseDNS no" >"$tree/etc/ssh/sshd_config.d/lab.conf"
chroot "$tree" systemctl --quiet enable systemd-networkd
chroot "$tree" systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer \
  dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service man-db.timer \
  systemd-networkd-wait-online.service serial-getty@ttyS0.service
chroot "$tree" useradd --create-home --shell /bin/bash --groups docker reader
for home in /root /home/reader; do
  install -d -m 700 "$tree$home/.ssh"
  cp "$key" "$tree$home/.ssh/authorized_keys"
done
chroot "$tree" chown -R reader: /home/reader

# Under emulation each counts: what the machine starts with, and profiles of programs it lacks.
find "$tree/etc/apparmor.d" -maxdepth 1 -type f ! -name runc ! -name unprivileged_userns -delete
echo MODULES=list >"$tree/etc/initramfs-tools/conf.d/lab.conf"
printf '%s\n' virtio_pci virtio_blk ext4 >>"$tree/etc/initramfs-tools/modules"
mount -t proc proc "$tree/proc"
mount -t sysfs sysfs "$tree/sys"
chroot "$tree" update-initramfs -u
chroot "$tree" systemd-machine-id-setup
touch "$tree/etc/.updated" "$tree/var/.updated" # or the first start makes all caches again

rm -f "$tree/etc/resolv.conf"
touch "$tree/etc/resolv.conf"
for path in /etc/resolv.conf "$@"; do
  [ -d "$path" ] && mkdir -p "$tree$path"
  [ -e "$tree$path" ] || install -D /dev/null "$tree$path"
  mount --bind "$path" "$tree$path"
done
cp "$requirements" "$tree/srv/requirements.txt"
chroot "$tree" python3 -m venv /srv/venv
chroot "$tree" /srv/venv/bin/pip install --no-cache-dir --require-hashes \
  --requirement /srv/requirements.txt
touch "$tree/srv/venv/ready" # as the Makefile marks a finished one
umount "$tree/etc/resolv.conf"
echo "nameserver 10.0.2.3" >"$tree/etc/resolv.conf"
