"""What the machine's engine says of an image, and where that image came from."""

import subprocess

from msgspec import Struct, field, json

from faq.lab.names import BASES


class ImageConfig(Struct, frozen=True):
    """What an image sets for its containers."""

    labels: dict[str, str] | None = field(name="Labels", default=None)


class ImageFacts(Struct, frozen=True):
    """An image in `docker image inspect`."""

    id: str = field(name="Id")
    digests: list[str] | None = field(name="RepoDigests", default=None)
    config: ImageConfig = field(name="Config", default=ImageConfig())

    @property
    def origin(self) -> str:
        """Where it came from: how it was made here, or its digest in a registry."""
        labels = self.config.labels or {}
        digests = self.digests or ["unknown"]
        return labels.get("origin", digests[0])


def inspect_image(image: str) -> ImageFacts | None:
    """What the engine says of an image; None where it has none."""
    command = ["docker", "image", "inspect", image]
    done = subprocess.run(command, capture_output=True)
    if done.returncode:
        return None
    return json.decode(done.stdout, type=list[ImageFacts])[0]


def base_origins() -> dict[str, str]:
    """Where each image that claims build on came from."""
    images = {name: inspect_image(name) for name in BASES}
    return {name: image.origin if image else "missing" for name, image in images.items()}
