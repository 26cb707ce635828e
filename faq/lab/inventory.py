"""What an engine holds, by its API: listed, compared, and the difference removed."""

import shlex
from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec import Struct, json

Inventory = dict[str, set[str]]
"""The names of what is there, by the kinds of `RESOURCES`."""


class ListedContainer(Struct, rename="pascal"):
    """A container in the API's listing."""

    names: list[str]


class ListedImage(Struct, rename="pascal"):
    """An image in the API's listing."""

    id: str
    repo_tags: list[str] | None


class Named(Struct, rename="pascal"):
    """A network or a volume in the API's listing."""

    name: str


class ListedVolumes(Struct, rename="pascal"):
    """The API's listing of volumes."""

    volumes: list[Named] | None


def container_names(listing: str) -> set[str]:
    """The names of containers in the API's listing."""
    answer = json.decode(listing, type=list[ListedContainer])
    return {container.names[0].lstrip("/") for container in answer}


def network_names(listing: str) -> set[str]:
    """The names of networks in the API's listing."""
    return {network.name for network in json.decode(listing, type=list[Named])}


def volume_names(listing: str) -> set[str]:
    """The names of volumes in the API's listing."""
    answer = json.decode(listing, type=ListedVolumes)
    return {volume.name for volume in answer.volumes or []}


def image_names(listing: str) -> set[str]:
    """The tags of images in the API's listing; `<none>` and the id of one that has no tag."""
    names = set()
    for image in json.decode(listing, type=list[ListedImage]):
        tags = set(image.repo_tags or []) - {"<none>:<none>"}  # as 20.10 calls an image without
        names |= tags or {f"<none> {image.id}"}
    return names


class Resource(NamedTuple):
    """A kind of thing that an engine holds."""

    path: str
    """Where its API lists them."""
    names: Callable[[str], set[str]]
    """The names in that listing."""
    remove: str
    """The command of `docker` that removes one."""


RESOURCES = {
    "container": Resource("containers/json?all=1", container_names, "rm --force --volumes"),
    "network": Resource("networks", network_names, "network rm"),
    "volume": Resource("volumes", volume_names, "volume rm"),
    "image": Resource("images/json?all=1", image_names, "rmi --force"),
}
URLS = " ".join(f"'http://d/{resource.path}'" for resource in RESOURCES.values())
LISTING = f"curl -fsS --unix-socket /var/run/docker.sock -w '\\n' {URLS}"
"""The shell command that prints the API's listings, a line each."""


def read_listing(printed: str) -> Inventory:
    """What `LISTING` has printed, by kind."""
    lines = filter(None, printed.splitlines())
    return {
        kind: resource.names(line)
        for (kind, resource), line in zip(RESOURCES.items(), lines, strict=True)
    }


def has_unnamed_images(before: Inventory, after: Inventory) -> bool:
    """Whether images without a tag were added."""
    return any(name.startswith("<none>") for name in after["image"] - before["image"])


def changes_between(before: Inventory, after: Inventory) -> Iterator[str]:
    """What was added, and what that was there before is gone, in words."""
    for kind, names in after.items():
        for name in sorted(names - before[kind]):
            yield f"{kind} {name}"
        for name in sorted(before[kind] - names):
            yield f"removed {kind} {name}"


def removal(before: Inventory, after: Inventory) -> str:
    """The shell commands that remove what was added to the engine, one a line."""
    commands = []
    for kind, resource in RESOURCES.items():
        if added := sorted(after[kind] - before[kind]):
            names = [name.removeprefix("<none> ") for name in added]
            commands.append(f"docker {resource.remove} {shlex.join(names)}")
    return "\n".join(commands)
