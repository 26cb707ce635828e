# On the second daemon, create a network, remove it, and create another.
export DOCKER_HOST=unix:///run/faq/docker.sock
for name in faq-a faq-b; do
  sh create.sh $name
  docker network rm $name >/dev/null
done
