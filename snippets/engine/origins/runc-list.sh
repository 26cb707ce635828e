# Ask runc, past Docker and containerd, for the containers that it started for Docker.
runc --root /run/docker/runtime-runc/moby list --format json
