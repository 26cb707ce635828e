# Print how the container ended, and what its program said.
docker inspect --format '{{.State.ExitCode}}' faq-stop
docker logs faq-stop
