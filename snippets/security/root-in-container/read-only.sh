# Mount a directory read-only: sh read-only.sh share:/share:ro
mkdir -p share && echo "a file of the host" >share/file
docker run --rm --volume "$PWD/$1" busybox:stable sh -c '
  echo "read: $(cat /share/file)"
  said=$(echo changed 2>&1 >>/share/file)
  echo "write: ${said:-done}"' 2>&1
