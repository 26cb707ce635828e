# Print which product the engine says it is, and which source Debian built its package from.
docker version --format 'product: "{{.Server.Platform.Name}}"'
sed --quiet 's/^Source: /source: /p' /usr/share/doc/docker.io/copyright
command -v moby || echo "no program named moby"
