# Build one of the Dockerfiles of this page: sh build.sh later-run
docker build --tag "faq-$1" --file "$1.Dockerfile" .
