# Run curl in a container of the image, and look for the certificates that it
# needs: sh curl.sh fix
docker run --rm "faq-$1" curl --version
docker run --rm "faq-$1" ls /etc/ssl/certs/ca-certificates.crt
