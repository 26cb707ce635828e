# Show the security options of a daemon.
docker info --format '{{range .SecurityOptions}}{{println .}}{{end}}'
