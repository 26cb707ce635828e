"""What an image holds, read from `docker save`: the same on every release and image store."""

from dataclasses import dataclass

from lab.engine import Engine

# Lists an archive's members; the form feed keeps the layers apart.
LIST = "for layer in {}; do tar --list --verbose --numeric-owner --file $layer; printf '\\f'; done"


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
        return [
            {path: size for path, size in layer.items() if not path.endswith("/")}
            for layer in self.layers
        ]

    @property
    def sizes(self) -> list[int]:
        """The bytes that each layer above the base image holds, unpacked."""
        return [sum(layer.values()) for layer in self.layers]


def saved(engine: Engine, tag: str, base: str = "debian:bookworm-slim") -> Image:
    """Save an image inside the engine and read what stands in the archive.

    Args:
        tag: the image.
        base: the image it was built from, whose layers and history are left out.

    """
    folder = "/run/saved"
    unpack = f"rm -rf {folder}; mkdir {folder}; cd {folder}; docker save {tag} | tar -x"
    manifest = engine.run(f"{unpack}; cat manifest.json").json()[0]
    config = engine.run(f"cat {folder}/{manifest['Config']}").json()
    below = inspect_base(engine, base)
    paths = " ".join(f"{folder}/{path}" for path in manifest["Layers"][below[0] :])
    listing = engine.run(f"{LIST.format(paths)}; rm -rf {folder}").stdout if paths else ""
    return Image(
        [
            (step["created_by"], not step.get("empty_layer", False))
            for step in config["history"][below[1] :]
        ],
        [members(part) for part in listing.split("\f")[:-1]],
    )


def inspect_base(engine: Engine, base: str) -> tuple[int, int]:
    """How many layers and history entries an image has."""
    layers = engine.run(f"docker image inspect --format '{{{{len .RootFS.Layers}}}}' {base}").out
    history = engine.run(f"docker history --quiet {base}").out
    return int(layers), len(history.splitlines())


def members(listing: str) -> dict[str, int]:
    """Paths and bytes of `tar --list --verbose`."""
    rows = (line.split(maxsplit=5) for line in listing.splitlines())
    return {row[5]: int(row[2]) for row in rows}
