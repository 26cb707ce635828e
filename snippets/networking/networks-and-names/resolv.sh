# Whom a container asks for names, and whom the host asks: sh resolv.sh CONTAINER
docker exec "$1" grep nameserver /etc/resolv.conf
grep nameserver /etc/resolv.conf
