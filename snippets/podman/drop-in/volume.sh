# Mount an empty volume over a directory that has files in the image, and keep one more in it.
docker run --rm --volume faq-data:/etc busybox:stable touch /etc/kept
docker run --rm --volume faq-data:/data busybox:stable ls /data
