# Build one of the Dockerfiles of this page (a failed step leaves nothing): sh build.sh multi-stage
name="$1"
shift
docker build --force-rm --tag "faq-$name" --file "$name.Dockerfile" "$@" .
