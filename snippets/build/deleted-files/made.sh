# Print which instructions above the base image made a layer:
# sh made.sh instructions
mkdir saved
docker save "faq-$1" | tar -x -C saved
config=$(grep -o '"Config":"[^"]*' saved/manifest.json | cut -d '"' -f 4)
base=$(docker history --quiet busybox:stable | grep -c .)
grep -o '"history":.*' "saved/$config" | awk -v RS='},{' -v base="$base" '
  NR > base {
    made = /"empty_layer":true/ ? "metadata" : "layer"
    sub(/.*"created_by":"/, "")
    match($0, /^([^"\\]|\\.)*/)
    print made ": " substr($0, 1, RLENGTH)
  }'
rm -r saved
