FROM busybox:stable
RUN head -c 20000000 /dev/urandom >/big
RUN chmod 600 /big
