# The default network, and the host's interface in it.
# Needs: a shell on the host, where docker0 is.
format='{{range .IPAM.Config}}{{.Subnet}}{{end}}'
docker network inspect --format "$format" bridge
ip -4 -o addr show docker0
