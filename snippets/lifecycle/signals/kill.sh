# Send one signal to the container that was started last:
# sh kill.sh [options of docker kill]
# Does it still run 15 seconds later? What did server.sh say, and what is the
# exit code?
name=$(docker ps --latest --format '{{.Names}}')
docker kill "$@" "$name" >/dev/null
timeout 15 docker wait "$name" >/dev/null
echo "timeout 15 docker wait: exit code $?"
docker inspect --format 'runs: {{.State.Running}}' "$name"
docker inspect --format '{{.State.ExitCode}}' "$name" | cat "$name.log" - | paste -s -d ,
