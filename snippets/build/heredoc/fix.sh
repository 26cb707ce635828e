# BuildKit or an error message, never the legacy builder:
DOCKER_BUILDKIT=1 docker build --tag my-image .
