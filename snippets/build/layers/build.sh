# Build one of the Dockerfiles of this page: sh build.sh one-run
docker build --tag "faq-$1" --file "$1.Dockerfile" .
