# Leave a swarm that this node is not in.
docker swarm leave
