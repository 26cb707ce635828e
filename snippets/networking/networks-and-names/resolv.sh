# The name servers of a container and of the host: sh resolv.sh CONTAINER
docker exec "$1" grep nameserver /etc/resolv.conf
grep nameserver /etc/resolv.conf
