# Show what the program of a container may do; `id` is set-user-ID in the image.
awk '/^(CapEff|CapBnd|NoNewPrivs|Seccomp):/ { print $1, $2 }' /proc/self/status
echo "user: $(id -ru)"
echo "set-user-ID program: $(id -u)"
(echo >/file) 2>/dev/null && echo "writes to /" || echo "cannot write to /"
(echo >/tmp/file) 2>/dev/null && echo "writes to /tmp" || echo "cannot write to /tmp"
(echo >/dev/shm/file) 2>/dev/null && echo "writes to /dev/shm" ||
  echo "cannot write to /dev/shm"
