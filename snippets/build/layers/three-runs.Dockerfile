# Three layers on purpose: nothing is deleted, so they cost no more than one.
# hadolint global ignore=DL3059
FROM busybox:stable
RUN head -c 1000000 /dev/zero >/a
RUN head -c 2000000 /dev/zero >/b
RUN head -c 3000000 /dev/zero >/c
