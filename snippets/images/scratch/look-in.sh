# List the files of an image without starting it: sh look-in.sh httpd
docker run --rm --mount "type=image,source=faq-$1,target=/image" \
  busybox:stable ls /image
