# Count the lines that hold the token: sh search.sh faq-secret-arg
token=correct-horse
[ -e ../my-token.txt ] && token=$(cat ../my-token.txt)
echo "history: $(docker history --no-trunc "$1" | grep -c "$token")"
folder=$(mktemp -d)
docker save "$1" | tar -x -C "$folder"
# The saved image: its configuration, and the archives of its layers.
found=$(find "$folder" -type f -exec zcat -f {} + | grep -ac "$token")
echo "saved image: $found"
rm -r "$folder"
