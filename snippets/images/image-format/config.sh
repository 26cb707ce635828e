# Print the image's configuration from the unpacked archive.
cat "saved/$(sed 's/.*"Config":"\([^"]*\)".*/\1/' saved/manifest.json)"
