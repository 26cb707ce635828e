# User 65534 serves port 80: sh port.sh [options of docker run]
docker run --rm --user 65534 --cap-drop ALL "$@" busybox:stable sh -c '
  start=/proc/sys/net/ipv4/ip_unprivileged_port_start
  echo "ip_unprivileged_port_start: $(cat $start)"
  awk "/^CapEff:/ { print \$1, \$2 }" /proc/self/status
  httpd -p 80 -h /etc && wget -q -O /dev/null http://127.0.0.1/hostname &&
    echo "port 80: served"'
