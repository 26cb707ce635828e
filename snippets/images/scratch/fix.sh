# A shell beside the container my-app; its files are in /proc/1/root.
docker run --rm --interactive --tty --cap-add SYS_PTRACE \
  --pid container:my-app --network container:my-app busybox:stable sh
