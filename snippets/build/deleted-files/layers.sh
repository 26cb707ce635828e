# Print the bytes and path of each file in each layer above the base image:
# sh layers.sh later-run; only some paths: sh layers.sh package-later wget
mkdir saved
docker save "faq-$1" | tar -x -C saved
number=0
for layer in $(grep -o '"Layers":[^]]*' saved/manifest.json | grep -o '[^"]*/[^"]*' | tail -n +2); do
  number=$((number + 1))
  echo "layer $number"
  tar -tvf "saved/$layer" | awk -v word="$2" '!/\/$/ && $6 ~ word { print $3, $6 }'
done
rm -r saved
