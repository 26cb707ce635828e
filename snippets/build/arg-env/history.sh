# Print the instructions of an image as everybody can who has it: sh history.sh secret-arg
docker history --no-trunc --format '{{.CreatedBy}}' "faq-$1"
