# Print the instructions of an image, as anyone can who has the image:
# sh history.sh secret-arg
docker history --no-trunc --format '{{.CreatedBy}}' "faq-$1"
