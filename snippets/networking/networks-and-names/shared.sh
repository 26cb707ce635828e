# Ask for the shared alias: the whole answer, then which addresses came first
# in twenty answers.
docker exec faq-client nslookup -type=a faq-any | sed -n 's/^Address: //p'
echo --
docker exec faq-client sh -c 'for i in $(seq 20); do
  nslookup -type=a faq-any | sed -n "s/^Address: //p" | head -n 1
done' | sort -u
