# Print the limits of a new container, from its cgroup files (v1 or v2) and
# from Docker: sh files.sh [OPTION of docker run]...
docker run --name faq-files "$@" busybox:stable sh -c '
  cd /sys/fs/cgroup
  grep -s "" memory.max memory.swap.max cpu.max \
    memory/memory.limit_in_bytes memory/memory.memsw.limit_in_bytes \
    cpu/cpu.cfs_quota_us cpu/cpu.cfs_period_us'
docker inspect --format 'Memory:{{.HostConfig.Memory}}
MemorySwap:{{.HostConfig.MemorySwap}}' faq-files
docker rm faq-files >/dev/null
