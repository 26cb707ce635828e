"""Podman behind the `docker` command, asked as one more engine: no release of Docker."""

from functools import cached_property
from typing import Any

from lab.claims import PODMAN
from lab.engine import Engine, base_images, release_line


class Podman(Engine):
    """A host with podman-docker: each command is Podman's, and its API is at Docker's socket."""

    @cached_property
    def info(self) -> dict[str, Any]:
        """What Podman says of itself, in the words that the pages use of Docker's engines."""
        version = self.run("docker version --format '{{json .Client}}'").json()
        info = self.run("docker info --format '{{json .}}'").json()
        host = info["host"]
        return {
            "service": self.service,
            "version": version["Version"],
            "API": version["APIVersion"],
            "storage driver": info["store"]["graphDriverName"],
            "image store": "containers/storage",
            "builder": f"Buildah {host['buildahVersion']}",
            "kernel": host["kernel"],
            "cgroup version": host["cgroupVersion"].removeprefix("v"),
            "security options": sorted(
                name.removesuffix("Enabled")
                for name, value in host["security"].items()
                if value is True
            ),
            "base images": base_images(),
        }

    @cached_property
    def line(self) -> str:
        """The column: `podman-5.4`."""
        return f"{PODMAN}-{release_line(self.info)}"


def engine(service: str) -> Engine:
    """The engine of a service of the lab."""
    return Podman(service) if service == PODMAN else Engine(service)
