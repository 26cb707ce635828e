# Print the size of each layer, the last one first: sh history.sh one-run
docker history --format "{{.Size}} {{.CreatedBy}}" "faq-$1"
