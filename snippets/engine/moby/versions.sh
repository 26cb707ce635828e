# Print the version that each program reports by itself.
dockerd --version | sed 's/^/Engine: /'
containerd --version | sed 's/^/containerd: /'
runc --version | sed --quiet '1s/^/runc: /p'
docker-init --version | sed 's/^/docker-init: /'
