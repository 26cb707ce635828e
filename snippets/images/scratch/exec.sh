# Ask for a shell that is not there.
docker exec faq-scratch sh
