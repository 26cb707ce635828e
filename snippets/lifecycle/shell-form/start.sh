# Build an image of this page, start it, and print the name of PID 1 when it is
# up: sh start.sh fix
# More arguments are options of docker run: sh start.sh fix --init
name=$1
shift
docker build --quiet --tag "faq-$name" --file "$name.Dockerfile" .
docker run --detach --name faq-stop "$@" "faq-$name"
until docker logs faq-stop | grep -q ready; do sleep 0.1; done
docker exec faq-stop cat /proc/1/comm
