# Save an image, unpack the archive, and list what is in it: sh save.sh [IMAGE]
rm -rf saved
mkdir saved
docker save "${1:-faq-format}" | tar --extract --directory saved
find saved -type f | sort
