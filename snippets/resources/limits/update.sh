# Change the limit of a running container from 64 MiB:
# sh update.sh MEMORY-SWAP [OPTION of docker update]...
# MEMORY-SWAP is what it was started with, such as 512m or -1; 0 is the default.
swap=$1
shift
docker run --detach --name faq-update --memory 64m --memory-swap "$swap" \
  busybox:stable sleep 1000 >/dev/null
docker update "$@" faq-update >/dev/null
echo "exit code: $?"
docker inspect --format 'Memory: {{.HostConfig.Memory}}' faq-update
docker rm --force faq-update >/dev/null
