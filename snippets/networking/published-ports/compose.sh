# Start the service of the Compose file.
docker compose --project-name my-app --file fix.compose.yaml up --detach
