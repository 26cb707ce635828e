"""The images that the lab's images and the claims are built from."""

import subprocess
from pathlib import Path

from faq import ROOT
from faq.console import logged, step
from faq.errors import LabError
from faq.lab.debian import mmdebstrap
from faq.lab.docker import pull
from faq.lab.names import container
from faq.lab.paths import CACHE

SUITE = "bookworm"
"""The suite of the images that claims build on."""
# What makes the published slim images differ from a plain minbase.
LIKE_SLIM = (
    "--dpkgopt=path-exclude=/usr/share/man/*",
    "--dpkgopt=path-exclude=/usr/share/locale/*",
    "--dpkgopt=path-exclude=/usr/share/doc/*",
    "--dpkgopt=path-include=/usr/share/doc/*/copyright",
    "--customize-hook=rm -rf $1/var/lib/apt/lists/* $1/var/cache/apt/*",
    f"--customize-hook=copy-in {Path(__file__).with_name('docker-clean')} /etc/apt/apt.conf.d/",
)
CONTENT = "cat /var/lib/dpkg/status /bin/busybox 2>/dev/null | sha256sum | cut -c1-16"


def ensure_debian(suite: str) -> None:
    """Have `debian:<suite>-slim` in the engine: pulled where a registry answers, else made."""
    name = f"debian:{suite}-slim"
    if pull(name):
        return
    archive = CACHE / f"{suite}.tar"
    with step(f"making {name} with mmdebstrap (about half a minute)"):
        mmdebstrap(suite, archive, *LIKE_SLIM)
        origin = f"mmdebstrap --variant=minbase {suite}, without manuals, apt cleaning up"
        changes = [f'--change=LABEL origin="{origin}"', '--change=CMD ["bash"]']
        logged(["docker", "import", *changes, str(archive), name], CACHE / "import.log")
        archive.unlink()


def ensure_bases() -> None:
    """Have the images that claims build on: pulled where a registry answers, else made."""
    ensure_debian(SUITE)
    name = "busybox:stable"
    if not pull(name):
        build = ["docker", "build", "--network=host", f"--build-arg=SUITE={SUITE}"]
        with step(f"making {name} from Debian's package"):
            recipe = str(ROOT / "tests" / "lab" / "busybox")
            logged([*build, f"--tag={name}", recipe], CACHE / "busybox.log")


def content_digest(image: str, service: str) -> str:
    """A digest of the programs in a base image, as an engine of the lab pulls it.

    Two images made on two machines differ in their dates, not in this.

    Raises:
        LabError: it does not run.

    """
    run = ["docker", "run", "--rm", "--network=none", image, "sh", "-c", CONTENT]
    command = ["docker", "exec", container(service), *run]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise LabError(f"{image} does not run: {done.stderr.strip()}")
    return done.stdout.strip()
