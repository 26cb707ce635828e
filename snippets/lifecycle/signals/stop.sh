# Stop all that were started, at once. Print for each what server.sh said, the
# exit code (137 is SIGKILL), and the command; the last one started comes first.
# Options are those of docker stop.
docker ps --quiet --filter name=^faq- | xargs -r docker stop -t 2 "$@" >/dev/null
docker ps --all --quiet --filter name=^faq- | xargs docker inspect --format \
  '{{.Config.Hostname}} {{.State.ExitCode}} {{.Path}} {{join .Args " "}}' |
  while read -r name code command; do
    echo "$(paste -s -d , "$name.log"),$code: $command"
  done
