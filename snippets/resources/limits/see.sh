# Run show.sh on this host, then in a container:
# sh see.sh [OPTION of docker run]...
sh show.sh | sed 's/^/host /'
docker run --rm --interactive "$@" busybox:stable sh <show.sh
