# List the published ports of my-app.
docker port my-app
