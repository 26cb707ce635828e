# Print which product the engine says it is, and the source of Debian's package.
docker version --format 'product: "{{.Server.Platform.Name}}"'
sed --quiet 's/^Source: /source: /p' /usr/share/doc/docker.io/copyright
command -v moby || echo "no program named moby"
