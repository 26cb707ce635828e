# Save the image, unpack the archive, and list what is in it.
rm -rf saved
mkdir saved
docker save faq-format | tar --extract --directory saved
find saved -type f | sort
