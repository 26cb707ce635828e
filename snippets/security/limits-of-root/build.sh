# Build an image whose program shows what it may do.
docker build --quiet --network none --tag my-image . >/dev/null
