docker network create --subnet 10.202.0.0/24 my-network
docker run --rm --network my-network busybox:stable ip addr show eth0
