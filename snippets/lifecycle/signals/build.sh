# Build one of the Dockerfiles of this page: sh build.sh stopsignal
docker build --quiet --tag "faq-$1" --file "$1.Dockerfile" .
