# Ping the address of a container from another one: sh ping.sh CONTAINER OTHER
format='{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
address=$(docker inspect --format "$format" "$2")
docker exec "$1" ping -c 1 -W 2 "$address" | grep received
