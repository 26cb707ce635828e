# List the image's instructions, the last one first, each with its image if it
# has one.
docker history --format '{{.ID}} {{.CreatedBy}}' faq-when
