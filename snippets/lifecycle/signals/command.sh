# Print an image's entrypoint and its command: sh command.sh faq-shell-form
docker image inspect --format '{{json .Config.Entrypoint}} {{json .Config.Cmd}}' "$1"
