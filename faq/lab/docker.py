"""The machine's own `docker` command, and the engine that it reaches."""

import subprocess
from collections.abc import Sequence
from contextlib import suppress

from faq.console import say, step
from faq.errors import LabError

ANSWER_SECONDS = 60
PULL_SECONDS = 300


def answers() -> bool:
    """Whether `docker`, as the environment stands, reaches an engine.

    Raises:
        LabError: it is silent for `ANSWER_SECONDS`: there is one, and it must not get a second.

    """
    command = ["docker", "version"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=ANSWER_SECONDS)
    except FileNotFoundError:
        return False
    except subprocess.TimeoutExpired:
        raise LabError(f"the Docker Engine did not answer within {ANSWER_SECONDS} s") from None
    return done.returncode == 0


def has_images(images: Sequence[str]) -> bool:
    """Whether the engine has all of these images."""
    command = ["docker", "image", "inspect", *images]
    return subprocess.run(command, capture_output=True).returncode == 0


def pull(image: str) -> bool:
    """Whether the engine has this image, from before or from its registry."""
    if has_images([image]):
        return True
    command = ["docker", "pull", "--quiet", image]
    with suppress(subprocess.TimeoutExpired), step(f"pulling {image}"):
        if subprocess.run(command, capture_output=True, timeout=PULL_SECONDS).returncode == 0:
            return True
    say(f"no registry brings {image}")
    return False
