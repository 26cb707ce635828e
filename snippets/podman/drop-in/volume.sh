# Mount an empty volume over files of the image, and write one more file.
docker run --rm --volume faq-data:/etc busybox:stable touch /etc/kept
docker run --rm --volume faq-data:/data busybox:stable ls /data
