# With a limit of 64 MiB, write a file of 128 MiB, to disk and to memory.
write() {
  docker run --rm --memory 64m --memory-swap 64m "$@" debian:bookworm-slim \
    dd if=/dev/zero of=/data/file bs=1M count=128 status=none
  echo "$1: $?"
}
write --volume "$PWD:/data"
write --tmpfs /data
