# Build a Dockerfile of this page, with options or without:
# sh build.sh default --build-arg NAME=flag
name=$1
shift
docker build --tag "faq-$name" --file "$name.Dockerfile" "$@" .
