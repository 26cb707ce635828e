# Build the image of fix.Dockerfile and start its container.
docker build --tag my-image --file fix.Dockerfile .
docker run --detach --name my-app my-image
