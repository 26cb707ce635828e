# From a busybox container, look at process 1, port 8080 and /proc/1/root, then
# print what has changed in the server: sh debug.sh [options of docker run]
docker run --rm "$@" busybox:stable sh -c '
  ps -o pid,args | grep "^ *1 "
  hostname
  cd /proc/1/root && ls
  wget -q -O - http://localhost:8080/etc/hostname
  touch touched'
docker diff faq-scratch
