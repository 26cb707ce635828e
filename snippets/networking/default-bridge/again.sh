# On the second daemon, create a network, remove it, and create another.
export DOCKER_HOST=unix:///run/faq/docker.sock
for name in faq-a faq-b; do
  docker network create $name >/dev/null
  docker network inspect --format '{{.Name}} {{range .IPAM.Config}}{{.Subnet}}{{end}}' $name
  docker network rm $name >/dev/null
done
