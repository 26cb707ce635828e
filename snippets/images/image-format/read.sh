# Print a JSON file of the unpacked archive: sh read.sh index.json
cat "saved/$1"
