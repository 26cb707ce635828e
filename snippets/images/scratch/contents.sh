# List the files in the layers of an image: sh contents.sh IMAGE
rm -rf unpacked
mkdir unpacked
docker save "$1" | tar --extract --directory unpacked
layers=$(sed 's/.*"Layers":\[//; s/\].*//; s/[",]/ /g' unpacked/manifest.json)
for layer in $layers; do
  echo "layer:"
  tar --list --file "unpacked/$layer"
done
