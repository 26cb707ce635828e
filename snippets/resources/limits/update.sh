# Raise a limit of 64 MiB: sh update.sh [OPTION of docker update]...
docker run --detach --name faq-update --memory 64m busybox:stable \
  sleep 1000 >/dev/null
docker update "$@" faq-update >/dev/null
echo "exit code: $?"
docker inspect --format 'Memory: {{.HostConfig.Memory}}' faq-update
docker rm --force faq-update >/dev/null
