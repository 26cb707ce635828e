FROM busybox:stable
RUN head -c 20000000 /dev/urandom >/big && chmod 644 /big
RUN chmod 644 /big
