# A shell from busybox looks at process 1 and port 8080: sh debug.sh [options of docker run]
docker run --rm "$@" busybox:stable sh -c '
  ps -o pid,args | grep "^ *1 "
  hostname
  cd /proc/1/root && ls
  wget -q -O - http://localhost:8080/etc/hostname
  touch touched'
