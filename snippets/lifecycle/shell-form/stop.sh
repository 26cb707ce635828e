# Stop the container: sh stop.sh, or sh stop.sh -t 2 to wait two seconds instead of ten.
docker stop "$@" faq-stop
