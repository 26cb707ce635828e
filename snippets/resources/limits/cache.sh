# Write 64 MiB to disk in one container and hold 64 MiB of memory in another.
# How much does each use, by its cgroup file and by docker stats?
docker run --detach --name faq-file --volume "$PWD:/data" \
  debian:bookworm-slim sh -c \
  'dd if=/dev/zero of=/data/file bs=1M count=64; sleep 1000' >/dev/null
docker run --detach --name faq-memory debian:bookworm-slim sh -c \
  'dd if=/dev/zero bs=64M count=2 | sleep 1000' >/dev/null
used() {
  docker exec "$1" sh -c 'cd /sys/fs/cgroup
    cat memory.current memory/memory.usage_in_bytes 2>/dev/null'
}
for name in faq-file faq-memory; do
  until [ "$(used $name)" -gt 67000000 ]; do sleep 0.1; done
  echo "$name cgroup: $(used $name)B"
  docker stats --no-stream --format '{{.Name}} stats: {{.MemUsage}}' $name
done
