"""Debian's packages: file trees made of them, and programs that this machine lacks."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from faq.console import logged, say, step
from faq.errors import LabError
from faq.lab.paths import CACHE

# The machine's own decisions on how apt reaches its archive, which hold in a new tree as well.
KEPT_OPTION = re.compile(r'Acquire::(Check-Valid-Until|Check-Date|https?::Proxy) "[^"]+";')


def mmdebstrap(suite: str, target: Path, *options: str) -> None:
    """Make a minimal Debian in `target`, a folder or a .tar."""
    if target.is_dir():
        shutil.rmtree(target)
    if not shutil.which("mmdebstrap"):
        install("mmdebstrap")
    command = ["mmdebstrap", "--variant=minbase", *options, *apt_options(), suite, str(target)]
    log = CACHE / f"mmdebstrap-{suite}.log"
    try:
        logged(command, log)
    except LabError:
        if "is expired" not in log.read_text(errors="replace"):
            raise
        say(f"the Release file of {suite} has run out, as the mirror stands still: used as it is")
        logged([*command, '--aptopt=Acquire::Check-Valid-Until "false"'], log)


def apt_options() -> list[str]:
    """The options of mmdebstrap that hand on this machine's settings of apt."""
    dump = subprocess.run(["apt-config", "dump"], capture_output=True, text=True).stdout
    return [f"--aptopt={line}" for line in dump.splitlines() if KEPT_OPTION.fullmatch(line)]


def install(package: str) -> None:
    """Install a Debian package that the lab needs on this machine, and say so.

    Raises:
        LabError: this machine has no apt-get, or apt-get failed.

    """
    if not shutil.which("apt-get"):
        raise LabError(f"{package} is missing, and this machine has no apt-get to install it")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    log = CACHE / "apt.log"
    with step(f"installing {package} with apt-get"):
        logged(["apt-get", "update"], log, env)
        logged(["apt-get", "install", "-y", "--no-install-recommends", package], log, env)
