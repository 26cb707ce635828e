"""Names: of the lab's containers, the images that claims build on, and release lines."""

import re

from faq.errors import LabError

PROJECT = "container-faq"
BASES = ("debian:bookworm-slim", "busybox:stable")


def container(service: str) -> str:
    """The name of a service's container."""
    return f"{PROJECT}-{service}-1"


def release_line(version: str) -> str:
    """The release line of an exact version: `28.5` of `28.5.2+dfsg4`.

    Raises:
        LabError: it has none.

    """
    match = re.match(r"\d+\.\d+", version)
    if not match:
        raise LabError(f"the engine's version makes no release line: {version!r}")
    return match[0]
