"""Podman behind the `docker` command, asked as one more engine: no release of Docker."""

from functools import cached_property

import msgspec

from faq.columns import PODMAN
from faq.lab.engine import Engine, EngineFacts
from faq.lab.names import release_line


class Client(msgspec.Struct):
    """The program in `docker version`."""

    version: str = msgspec.field(name="Version")
    api: str = msgspec.field(name="APIVersion")


class Host(msgspec.Struct, rename="camel"):
    """The host in `docker info`."""

    buildah_version: str
    kernel: str
    cgroup_version: str
    security: dict[str, bool | str]

    @property
    def security_options(self) -> list[str]:
        """What is enabled, as Docker names it: `seccomp` for `seccompEnabled`."""
        enabled = [name for name, value in self.security.items() if value is True]
        return sorted(name.removesuffix("Enabled") for name in enabled)


class Store(msgspec.Struct, rename="camel"):
    """The storage in `docker info`."""

    graph_driver_name: str


class PodmanInfo(msgspec.Struct):
    """What is read of `docker info`."""

    host: Host
    store: Store


class Podman(Engine):
    """A host with podman-docker: each command is Podman's, and its API is at Docker's socket."""

    def facts(self) -> EngineFacts:
        """What Podman says of itself, in the words that the pages use of Docker's engines."""
        version = self.run("docker version --format '{{json .Client}}'").stdout
        client = msgspec.json.decode(version, type=Client)
        described = self.run("docker info --format '{{json .}}'").stdout
        info = msgspec.json.decode(described, type=PodmanInfo)
        return EngineFacts(
            version=client.version,
            api=client.api,
            storage_driver=info.store.graph_driver_name,
            image_store="containers/storage",
            builder=f"Buildah {info.host.buildah_version}",
            kernel=info.host.kernel,
            cgroup_version=info.host.cgroup_version.removeprefix("v"),
            security_options=info.host.security_options,
        )

    @cached_property
    def line(self) -> str:
        """The column: `podman-5.4`."""
        return f"{PODMAN}-{release_line(self.info.version)}"
