# Does this engine use the containerd image store? Then this prints
# io.containerd.snapshotter.v1.
docker info --format '{{.DriverStatus}}'
