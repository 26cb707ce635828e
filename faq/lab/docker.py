"""The machine's own `docker` command, and the engine that it reaches."""

import subprocess
from collections.abc import Sequence

from faq.console import say, step
from faq.errors import LabError

ANSWER_SECONDS = 60
PULL_SECONDS = 300
SILENT_REGISTRY: list[str] = []
"""The image that a registry was asked for, and never answered."""


def answers() -> bool:
    """Whether `docker`, as the environment stands, reaches an engine.

    Raises:
        LabError: there is one, which must not get a second: it is silent for `ANSWER_SECONDS`,
            or this user may not use it.

    """
    command = ["docker", "version"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=ANSWER_SECONDS)
    except FileNotFoundError:
        return False
    except subprocess.TimeoutExpired:
        raise LabError(f"the Docker Engine did not answer within {ANSWER_SECONDS} s") from None
    if b"permission denied" in done.stderr.lower():
        raise LabError(
            "this user may not use the Docker Engine: join the group docker and log in again, "
            "or run this as root"
        )
    return done.returncode == 0


def has_images(images: Sequence[str]) -> bool:
    """Whether the engine has all of these images."""
    command = ["docker", "image", "inspect", *images]
    return subprocess.run(command, capture_output=True).returncode == 0


def pull(image: str) -> bool:
    """Whether the engine has this image, from before or from its registry."""
    if has_images([image]):
        return True
    if not SILENT_REGISTRY:
        command = ["docker", "pull", "--quiet", image]
        try:
            with step(f"pulling {image}"):
                pulled = subprocess.run(command, capture_output=True, timeout=PULL_SECONDS)
            if pulled.returncode == 0:
                return True
        except subprocess.TimeoutExpired:
            SILENT_REGISTRY.append(image)  # it is not asked for the next image
    say(f"no registry brings {image}")
    return False
