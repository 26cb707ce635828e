# Count in each program the name of the part of libcontainer that starts a
# container's process.
for program in docker dockerd containerd containerd-shim-runc-v2 runc; do
  count=$(grep --text --only-matching --fixed-strings \
    'github.com/opencontainers/runc/libcontainer.(*linuxStandardInit)' \
    "$(command -v $program)" | wc -l)
  echo "$program $count"
done
