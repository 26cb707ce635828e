FROM busybox:stable
RUN head -c 1000000 /dev/zero >/a \
 && head -c 2000000 /dev/zero >/b \
 && head -c 3000000 /dev/zero >/c
