# Save an image as an OCI archive, and print what makes it one.
docker save --output my-image.tar my-image
tar --extract --to-stdout --file my-image.tar oci-layout
tar --extract --to-stdout --file my-image.tar index.json
