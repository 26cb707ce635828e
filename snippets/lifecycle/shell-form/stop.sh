# Stop the container: sh stop.sh, or sh stop.sh -t 2 to wait only two seconds.
docker stop "$@" faq-stop
