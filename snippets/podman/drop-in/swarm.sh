# Ask for what a worker needs to join this node's swarm, which is none.
docker swarm join-token worker
