# On the second daemon, create networks until there are no addresses left.
export DOCKER_HOST=unix:///run/faq/docker.sock
number=1
while docker network create "faq-$number" >/dev/null; do
  number=$((number + 1))
done
docker network ls --quiet --filter name=^faq- | xargs docker network inspect \
  --format '{{range .IPAM.Config}}{{.Subnet}}{{end}}' | sort -V
