# Don't do this: without --user, root owns what the container writes here.
docker run --rm --volume "$PWD:/data" \
  busybox:stable sh -c 'mkdir /data/out && date >/data/out/file'
