# A container of the image does not see the file.
docker run --rm faq-secret cat /password
