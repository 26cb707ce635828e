# Connect the running container to the first network as well.
docker network connect faq-net faq-stranger
