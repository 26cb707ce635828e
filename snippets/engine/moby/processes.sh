# Print the two daemons' process ids, each one's parent, and its name.
ps -C dockerd,containerd -o pid=,ppid=,comm=
