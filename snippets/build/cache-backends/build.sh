# Build one of the Dockerfiles of this page:
# sh build.sh mount --build-arg BUILD=first
name="$1"
shift
docker build --tag "faq-$name" --file "$name.Dockerfile" "$@" .
