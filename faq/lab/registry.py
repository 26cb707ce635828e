"""The lab's registry, from which its engines pull the images that claims build on."""

import subprocess
from pathlib import Path

from faq.errors import LabError
from faq.lab.image_origin import inspect_image
from faq.lab.names import BASES, container

SCRIPT = Path(__file__).with_name("seed_registry.sh")


def seed_registry(service: str) -> None:
    """Have the claims' base images in the registry, pushed through an engine of the lab.

    Raises:
        LabError: the push failed.

    """
    for base in BASES:
        image = inspect_image(base)
        if not image:
            raise LabError(f"the engine has no {base}: make lab-up")
        push(base, image.id.removeprefix("sha256:")[:12], service)


def push(image: str, content: str, service: str) -> None:
    """Push one image under its own tag, and under one that names its content.

    Raises:
        LabError: the push failed.

    """
    name, _, tag = image.partition(":")
    command = ["docker", "exec", "-i", container(service), "sh", "-c", SCRIPT.read_text()]
    command += [SCRIPT.name, name, tag, f"{tag}-{content}"]
    with subprocess.Popen(["docker", "save", image], stdout=subprocess.PIPE) as save:
        load = subprocess.run(command, stdin=save.stdout, capture_output=True, text=True)
        save.kill()  # the script reads nothing where the registry has the image
    if load.returncode:
        raise LabError(f"the lab's registry did not take {image}: {load.stderr.strip()}")
