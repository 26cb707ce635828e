# Print the version of each part, first as the engine reports it, then as the program says itself.
docker version --format '{{range .Server.Components}}{{.Name}} {{.Version}}
{{end}}'
dockerd --version
containerd --version
runc --version | head -n 1
docker-init --version
docker --version
