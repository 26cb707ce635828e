# The CLI and the parts of the engine with their versions; then the daemons.
docker version
ps -C dockerd,containerd -o pid,ppid,comm
