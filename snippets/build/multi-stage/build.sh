# Build one of the Dockerfiles of this page, without the containers of failed
# steps: sh build.sh multi-stage
name="$1"
shift
docker build --force-rm --tag "faq-$name" --file "$name.Dockerfile" "$@" .
