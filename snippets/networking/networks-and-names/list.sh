# List all networks, then those of the driver "bridge".
docker network ls --format '{{.Name}} {{.Driver}}'
echo --
docker network ls --filter driver=bridge --format '{{.Name}}'
