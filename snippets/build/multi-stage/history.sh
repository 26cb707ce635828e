# Print the size of each layer, the last one first: sh history.sh fix
docker history --format "{{.Size}} {{.CreatedBy}}" "faq-$1"
