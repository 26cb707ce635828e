# Ask for the token with which a worker joins the swarm of this node.
docker swarm join-token worker
