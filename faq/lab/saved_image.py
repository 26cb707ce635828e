"""What an image holds, read from `docker save`: the same on every release and image store."""

from dataclasses import dataclass

import msgspec

from faq.lab.engine import Engine

FOLDER = "/run/saved"
# Lists an archive's members; the form feed keeps the layers apart.
LIST = "for layer in {}; do tar --list --verbose --numeric-owner --file $layer; printf '\\f'; done"


class Manifest(msgspec.Struct, rename="pascal"):
    """An image in the archive's manifest.json."""

    config: str
    layers: list[str]


class HistoryEntry(msgspec.Struct):
    """An instruction in an image's configuration."""

    created_by: str = ""
    empty_layer: bool = False


class Config(msgspec.Struct):
    """An image's configuration."""

    history: list[HistoryEntry]


@dataclass(frozen=True)
class Image:
    """A saved image."""

    history: list[tuple[str, bool]]
    """Each instruction since the base image, and whether it made a layer."""
    layers: list[dict[str, int]]
    """Each layer above the base: the bytes of every path in it, unpacked; folders end in /."""

    @property
    def files(self) -> list[dict[str, int]]:
        """The layers without their folders: a builder lists /etc where it mounted resolv.conf."""
        return list(map(without_folders, self.layers))

    @property
    def sizes(self) -> list[int]:
        """The bytes that each layer above the base image holds, unpacked."""
        return [sum(layer.values()) for layer in self.layers]


def saved(engine: Engine, tag: str, base: str = "debian:bookworm-slim") -> Image:
    """Save an image inside the engine and read what stands in the archive.

    Args:
        engine: where it is.
        tag: the image.
        base: the image it was built from, whose layers and history are left out.

    """
    unpack = f"rm -rf {FOLDER}; mkdir {FOLDER}; cd {FOLDER}; docker save {tag} | tar -x"
    archive = engine.run(f"{unpack}; cat manifest.json").stdout
    manifest = msgspec.json.decode(archive, type=list[Manifest])[0]
    described = engine.run(f"cat {FOLDER}/{manifest.config}").stdout
    config = msgspec.json.decode(described, type=Config)
    base_layers, base_history = layers_and_history(engine, base)
    layers = list_layers(engine, manifest.layers[base_layers:])
    history = config.history[base_history:]
    return Image([(step.created_by, not step.empty_layer) for step in history], layers)


def layers_and_history(engine: Engine, image: str) -> tuple[int, int]:
    """How many layers and history entries an image has."""
    layers = engine.run(f"docker image inspect --format '{{{{len .RootFS.Layers}}}}' {image}").out
    history = engine.run(f"docker history --quiet {image}").out
    return int(layers), len(history.splitlines())


def list_layers(engine: Engine, archives: list[str]) -> list[dict[str, int]]:
    """The paths and bytes of each layer's archive; the unpacked image is removed."""
    paths = " ".join(f"{FOLDER}/{archive}" for archive in archives)
    listing = engine.run(f"{LIST.format(paths) if archives else ':'}; rm -rf {FOLDER}").stdout
    return list(map(members, listing.split("\f")[:-1]))


def members(listing: str) -> dict[str, int]:
    """Paths and bytes of `tar --list --verbose`."""
    rows = (line.split(maxsplit=5) for line in listing.splitlines())
    return {row[5]: int(row[2]) for row in rows}


def without_folders(layer: dict[str, int]) -> dict[str, int]:
    """The paths of a layer that are no folders, with their bytes."""
    return {path: size for path, size in layer.items() if not path.endswith("/")}
