"""The disks of an ordinary Debian host: systemd, cgroup v2, AppArmor, Docker and the lab's images.

They are files that `mke2fs` makes of folders, without a mount or a loop device, and a machine that
runs on them leaves them as they are. Each is made again when its recipe has changed.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from faq import ROOT
from faq.console import logged, step
from faq.lab import compose, embedded
from faq.lab.debian import mmdebstrap
from faq.lab.names import BASES, PROJECT
from faq.lab.paths import CACHE

FOLDER = CACHE / "host"
KEY = FOLDER / "key"
"""Opens the machine by ssh."""
LOG = CACHE / "host.log"
SCRIPTS = Path(__file__).with_name("host")
SUITE = "trixie"
PACKAGES = (
    "linux-image-amd64,systemd-sysv,dbus,udev,apparmor,openssh-server,"
    "docker.io,docker-cli,docker-buildx,docker-compose,iptables,iproute2,"
    "python3-venv,make,git,curl,procps,ca-certificates"
)
REGISTRY = f"{PROJECT}_registry"
"""The volume of the lab's registry; empty where the lab never ran."""
SAVE_REGISTRY = """
    docker volume inspect "$0" || exec tar -c -T /dev/null >"$1"
    docker run --rm --volume "$0:/saved" busybox:stable tar -c -C /saved . >"$1"
"""
SIZES = {"system": "8G", "docker": "32G"}
"""Of the disks, by label, as the machine sees them; the files are sparse."""
PIP_SETTING = re.compile(r"^(?:global|user|install|:env:)\.([a-z-]+)='(.*)'$", re.MULTILINE)
PATH_IN_SETTING = re.compile(r"(?:(?<=file://)|(?<![^ ]))/[^ ]+")


def make_tree() -> Path:
    """The system as a folder, with the project's Python packages; its kernel starts from there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    forget("new")
    if not KEY.exists():
        logged(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(KEY)], LOG)
    given = [SCRIPTS / "tree.sh", ROOT / "requirements.txt", KEY.with_suffix(".pub")]
    contents = [path.read_text() for path in given]
    tree = FOLDER / f"tree-{recipe_digest(SUITE, PACKAGES, *contents)}"
    if not tree.exists():
        forget("tree")
        script, *files = given
        with step(f"making a host of Debian {SUITE}'s packages (three to six minutes)"):
            new = FOLDER / "new-tree"
            mmdebstrap(SUITE, new, f"--include={PACKAGES}")
            variables, paths = pip_settings()
            command = ["unshare", "--mount", "sh", *map(str, [script, new, *files]), *paths]
            logged(command, LOG, os.environ | variables)
            new.rename(tree)
    return tree


def pip_settings() -> tuple[dict[str, str], list[str]]:
    """How this machine's pip reaches its index: as variables, and the folders they lead into."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(command, capture_output=True, text=True).stdout
    settings = dict(PIP_SETTING.findall(listed))
    settings.pop("constraint", None)  # requirements.txt says all, by hash
    variables = {f"PIP_{name.upper().replace('-', '_')}": settings[name] for name in settings}
    paths = PATH_IN_SETTING.findall(" ".join(settings.values()))
    folders = {str(Path(path).parent) for path in paths if Path(path).exists()}
    return variables, sorted(folders)


def system_disk(tree: Path) -> Path:
    """The disk that the machine starts from."""
    disk = FOLDER / tree.name.replace("tree", "system")
    if not disk.exists():
        with step("making the host's disk of it"):
            make_disk(disk, tree)
    return disk


def docker_disk(tree: Path) -> Path:
    """The disk with Docker's data: the lab's images, as emulation takes long to load them."""
    script = SCRIPTS / "images.sh"
    os.environ["LAB_RECIPE"] = compose.recipe()
    names = [*compose.images(), *BASES]
    disk = FOLDER / f"docker-{recipe_digest(SUITE, script.read_text(), *names)}"
    if not disk.exists():
        embedded.ensure_engine()
        compose.have_images()
        title = "putting the lab's images into the host's disk (a minute or two)"
        with step(title), TemporaryDirectory(dir=FOLDER, prefix="new-") as new:
            data, archive, content = (Path(new) / name for name in ("data", "images", "registry"))
            data.mkdir()
            logged(["docker", "save", "--output", str(archive), *names], LOG)
            logged(["sh", "-c", SAVE_REGISTRY, REGISTRY, str(content)], LOG)
            alone = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
            given = (script, tree, data, archive, REGISTRY, content)
            logged([*alone, "sh", *map(str, given)], LOG)
            make_disk(disk, data)
    return disk


def make_disk(disk: Path, content: Path) -> None:
    """Make an ext4 file system with the content of a folder, in place of an older one."""
    label = disk.name.partition("-")[0]
    forget(label)
    new = FOLDER / f"new-{label}"
    new.unlink(missing_ok=True)
    command = ["mke2fs", "-q", "-t", "ext4", "-L", label, "-d", str(content), str(new)]
    logged([*command, SIZES[label]], LOG)
    new.rename(disk)


def recipe_digest(*parts: str) -> str:
    """A short digest of all that decides how something is made."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def forget(kind: str) -> None:
    """Remove what an earlier recipe made; of the kind `new`, what an interrupted run left."""
    for old in FOLDER.glob(f"{kind}-*"):
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()
