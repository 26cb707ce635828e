# Count the bytes of a file in an image: sh bytes.sh cat /greeting
docker run --rm "faq-$1" wc -c "$2"
