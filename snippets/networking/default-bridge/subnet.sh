# Choose the addresses of a network: sh subnet.sh NAME SUBNET
docker network create --subnet "$2" "$1" >/dev/null && docker network inspect \
  --format '{{range .IPAM.Config}}{{.Subnet}}{{end}}' "$1"
