# Copy a file into the container and the program out of it.
echo "a note" >note
docker cp note faq-scratch:/note
docker cp faq-scratch:/httpd httpd
