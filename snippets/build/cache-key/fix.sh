# Run the steps after ARG REFRESH again:
docker build --build-arg "REFRESH=$(date +%s)" --tag my-image .
# Run all steps again:
docker build --no-cache --tag my-image .
