# Compare the name of each blob in the archive with its SHA-256.
cd saved/blobs/sha256 || exit
for blob in *; do
  echo "$blob  $blob"
done | sha256sum --check
