# Ask from a container for another one by the twelve digits of its ID:
# sh ask-id.sh CONTAINER OTHER
sh ask.sh "$1" "$(docker inspect --format '{{.Id}}' "$2" | cut -c 1-12)"
