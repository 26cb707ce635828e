# Subnet and gateway of a network, and the containers in it:
# sh inspect.sh NETWORK
docker network inspect --format \
  '{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}{{end}}' "$1"
docker network inspect --format \
  '{{range .Containers}}{{println .Name .IPv4Address}}{{end}}' "$1" | sort
