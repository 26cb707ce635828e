# Remove what the commands of this page create.
# Warning: removes the image my-image, even if it is yours.
docker rm --force --volumes faq-server faq-restart faq-stop 2>/dev/null
docker network rm faq-net 2>/dev/null
docker volume rm faq-data 2>/dev/null
docker images --format '{{.Repository}}' |
  grep -E '(^|/)(faq-|my-image$)' | xargs -r docker rmi --force
rm -rf /tmp/faq-missing /tmp/faq-copied
