# Show names and health check: sh inspect.sh localhost/my-image
docker inspect --type image --format '{{json .RepoTags}}' "$1"
docker inspect --type image --format '{{json .}}' "$1" |
  grep -o '"Healthcheck":{[^}]*}' || echo "without a health check"
