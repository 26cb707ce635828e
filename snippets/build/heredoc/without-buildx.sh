# Build as if the buildx plugin were not installed: sh without-buildx.sh cat
# An empty file hides the plugin for this command.
mkdir -p hidden/cli-plugins
: >hidden/cli-plugins/docker-buildx
chmod +x hidden/cli-plugins/docker-buildx
DOCKER_CONFIG=$PWD/hidden docker build --tag "faq-$1" --file "$1.Dockerfile" .
