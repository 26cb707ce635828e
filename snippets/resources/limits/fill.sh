# Take 512 MiB of memory in the running container.
docker exec my-app dd if=/dev/zero of=/dev/null bs=512M count=1
echo "exit code $?"
