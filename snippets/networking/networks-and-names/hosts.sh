# The names that are written into a container: sh hosts.sh CONTAINER
docker exec "$1" grep -v ip6- /etc/hosts
docker exec "$1" env | grep -v -e PATH= -e HOME= -e HOSTNAME=
