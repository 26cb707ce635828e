# Send the container that was started last one signal: sh kill.sh [options of docker kill]
# Does it run on? If not, what did server.sh say, and what is the exit code?
name=$(docker ps --latest --format '{{.Names}}')
docker kill "$@" "$name" >/dev/null
timeout 9 docker wait "$name" >/dev/null
docker inspect --format 'runs: {{.State.Running}}' "$name"
docker inspect --format '{{.State.ExitCode}}' "$name" | cat "$name.log" - | paste -s -d ,
