# Build one of the Dockerfiles of this page: sh build.sh httpd
docker build --force-rm --tag "faq-$1" --file "$1.Dockerfile" .
