# Print the subnet of networks of the second daemon: sh subnets.sh NAME...
format='{{.Name}} {{range .IPAM.Config}}{{.Subnet}}{{end}}'
docker --host unix:///run/faq/docker.sock \
  network inspect --format "$format" "$@"
