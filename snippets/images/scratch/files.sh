# Print what the running container finds in its file system.
# Needs: root on the host.
cd "/proc/$(docker inspect --format '{{.State.Pid}}' faq-scratch)/root" || exit
ls -d ./* dev/null dev/urandom etc/* proc/1 sys/kernel
cat etc/hostname
