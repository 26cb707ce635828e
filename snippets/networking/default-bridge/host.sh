# The default network, and the host's interface in it.
docker network inspect --format '{{range .IPAM.Config}}{{.Subnet}}{{end}}' bridge
ip -4 -o addr show docker0
