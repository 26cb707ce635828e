"""Docker behind the `docker` command: what an engine of the lab says of itself."""

from functools import cached_property

import msgspec

from faq.lab.engine import Engine, EngineFacts
from faq.lab.names import release_line

DESCRIBE = (
    "docker version --format '{{json .Server}}' && docker info --format '{{json .}}'; "
    "docker buildx version 2>/dev/null || true"
)


class Server(msgspec.Struct, rename="pascal"):
    """The daemon in `docker version`."""

    version: str
    api_version: str


class Info(msgspec.Struct, rename="pascal"):
    """What is read of `docker info`."""

    driver: str
    driver_status: list[tuple[str, str]]
    kernel_version: str
    security_options: list[str]
    cgroup_version: str = "1"


class DockerEngine(Engine):
    """A running Docker Engine."""

    def facts(self) -> EngineFacts:
        """What the daemon says of itself."""
        version, described, buildx = [*self.run(DESCRIBE).stdout.splitlines(), ""][:3]
        server = msgspec.json.decode(version, type=Server)
        info = msgspec.json.decode(described, type=Info)
        driver = dict(info.driver_status).get("driver-type", "")
        builder = "legacy, BuildKit with DOCKER_BUILDKIT=1"
        if buildx:
            builder = f"BuildKit, buildx {buildx.split()[1]}"
        return EngineFacts(
            version=server.version,
            api=server.api_version,
            storage_driver=info.driver,
            image_store="containerd" if "containerd" in driver else "classic",
            builder=builder,
            kernel=info.kernel_version,
            cgroup_version=info.cgroup_version,
            security_options=[option.removeprefix("name=") for option in info.security_options],
        )

    @cached_property
    def line(self) -> str:
        """The column: the release line, and the image store where it is not the classic one."""
        store = "-containerd" if self.info.image_store == "containerd" else ""
        return release_line(self.info.version) + store
