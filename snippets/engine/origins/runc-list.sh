# Ask runc, and then Docker, for Docker's container: its id, PID and status.
# Needs: root on the host.
runc --root /run/docker/runtime-runc/moby list --format json
docker inspect --format '{{.Id}} {{.State.Pid}} {{.State.Status}}' faq-origins
