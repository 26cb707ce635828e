# Build one of the Dockerfiles of this page, then print its entrypoint and its
# command: sh build.sh shell-cmd
docker build --quiet --tag "faq-$1" --file "$1.Dockerfile" .
docker inspect --format '{{json .Config.Entrypoint}} {{json .Config.Cmd}}' "faq-$1"
