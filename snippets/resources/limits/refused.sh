# Does Docker accept a limit? sh refused.sh OPTION VALUE
docker run --rm "$@" busybox:stable true
echo "exit code: $?"
