# Copy a file into the container, fetch it, and copy the program out.
echo "a note" >note
docker cp note faq-scratch:/note
docker run --rm --network container:faq-scratch busybox:stable \
  wget -q -O - http://localhost:8080/note
docker cp faq-scratch:/httpd httpd
# The program came from busybox: the two sums are the same.
sha256sum <httpd
docker run --rm --interactive busybox:stable sh -c "sha256sum </bin/busybox"
