# Print what the engine did, in seconds from the first signal (15 is SIGTERM, 9
# is SIGKILL), then the exit code, then what the program said.
docker events --since 0 --until "$(date +%s.%N)" --filter event=kill --filter event=die \
  --filter "container=$(docker inspect --format '{{.Id}}' faq-stop)" \
  --format '{{.TimeNano}} {{.Action}} {{with .Actor.Attributes.signal}}{{.}}{{end}}' |
  awk '{ if (!start) start = $1; printf "%.2f s: %s %s\n", ($1 - start) / 1e9, $2, $3 }'
docker inspect --format 'exit code {{.State.ExitCode}}' faq-stop
docker logs faq-stop
