"""Finds a Docker Engine for the lab; where none answers, brings one of its own.

The embedded engine lives in one folder under the user's cache folder and in namespaces of
its own (see `embedded.sh`): no package, bridge, firewall rule or setting of the host changes,
and removing the folder after `stop()` removes it whole.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from lab.steps import LabError, logged, say, step

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "container-faq"
STATE = CACHE / "state"
EMBEDDED = f"unix://{STATE}/docker.sock"
SUITE = "forky"
PACKAGES = (
    "docker.io,docker-cli,docker-buildx,docker-compose,"
    "ca-certificates,iproute2,iptables,slirp4netns"
)
# What makes the published slim images differ from a plain minbase.
LIKE_SLIM = (
    "--dpkgopt=path-exclude=/usr/share/man/*",
    "--dpkgopt=path-exclude=/usr/share/locale/*",
    "--dpkgopt=path-exclude=/usr/share/doc/*",
    "--dpkgopt=path-include=/usr/share/doc/*/copyright",
    "--customize-hook=rm -rf $1/var/lib/apt/lists/* $1/var/cache/apt/*",
    f"--customize-hook=copy-in {HERE}/docker-clean /etc/apt/apt.conf.d/",
)
CGROUPS = Path("/sys/fs/cgroup")


def ensure_engine() -> None:
    """Make `docker` and `docker compose` reach an engine: the running one, else the embedded.

    Raises:
        LabError: there is none, and one cannot be brought here.

    """
    if not answers():
        host = os.environ.get("DOCKER_HOST")
        if host and host != EMBEDDED:
            raise LabError(f"no Docker Engine answers at DOCKER_HOST={host}")
        use_embedded()
        if not answers():
            start()
    if subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        raise LabError("`docker compose` is missing: install Docker's compose plugin")


def answers() -> bool:
    """Whether `docker`, as the environment stands, reaches an engine within ten seconds."""
    try:
        found = subprocess.run(["docker", "version"], capture_output=True, timeout=10)
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return False
    return found.returncode == 0


def use_embedded() -> None:
    """Point this process and its children at the embedded engine and its CLI."""
    os.environ["DOCKER_HOST"] = EMBEDDED
    os.environ["DOCKER_CONFIG"] = str(CACHE / "cli")
    os.environ["PATH"] = f"{CACHE / 'cli'}:{os.environ['PATH']}"


def start() -> None:
    """Start the embedded engine, building its tree first where there is none."""
    if os.uname().sysname != "Linux" or os.geteuid():
        raise LabError(
            "no Docker Engine answers, and bringing one takes root on Linux: "
            "start Docker, set DOCKER_HOST, or run this as root",
        )
    stop()
    tree = build_tree()
    STATE.mkdir(parents=True, exist_ok=True)
    with step("starting the embedded engine"), (CACHE / "dockerd.log").open("w") as log:
        process = subprocess.Popen(
            [
                *("unshare", "--mount", "--pid", "--fork", "--kill-child"),
                *("sh", str(HERE / "embedded.sh"), str(tree), str(STATE)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        (CACHE / "pid").write_text(str(process.pid))
        deadline = time.monotonic() + 60
        while not answers():
            if process.poll() is not None or time.monotonic() > deadline:
                tail = "\n  ".join((CACHE / "dockerd.log").read_text().splitlines()[-8:])
                raise LabError(f"the embedded engine did not start:\n  {tail}")
            time.sleep(0.1)


def stop() -> None:
    """End the embedded engine with all it runs; no engine, nothing to do."""
    pid = embedded_pid()
    if pid:
        os.kill(pid, signal.SIGKILL)  # unshare takes its PID namespace along
        while embedded_pid():
            time.sleep(0.05)
    (CACHE / "pid").unlink(missing_ok=True)
    (STATE / "docker.sock").unlink(missing_ok=True)
    remove_cgroups()


def embedded_pid() -> int | None:
    """The process id of the embedded engine, None when it does not run."""
    with suppress(OSError, ValueError):
        pid = int((CACHE / "pid").read_text())
        # The id may have been given to another process since.
        if str(STATE) in Path(f"/proc/{pid}/cmdline").read_text():
            return pid
    return None


def remove_cgroups() -> None:
    """Remove the empty cgroups that killed containers leave behind."""
    for top in [*CGROUPS.glob("container-faq"), *CGROUPS.glob("*/container-faq")]:
        for folder, _, _ in os.walk(top, topdown=False):
            with suppress(OSError):
                Path(folder).rmdir()


def build_tree() -> Path:
    """The file tree of the embedded engine, made with mmdebstrap when its recipe changed."""
    recipe = hashlib.sha256(f"{SUITE} {PACKAGES}".encode()).hexdigest()[:12]
    tree = CACHE / f"tree-{recipe}"
    if not tree.exists():
        for old in CACHE.glob("tree-*"):
            shutil.rmtree(old)
        with step(f"building the embedded engine from Debian {SUITE} (about half a minute)"):
            mmdebstrap(SUITE, CACHE / "new-tree", f"--include={PACKAGES}")
            (CACHE / "new-tree").rename(tree)
    plugins = CACHE / "cli" / "cli-plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    link(CACHE / "cli" / "docker", tree / "usr/bin/docker")
    for plugin in ("docker-buildx", "docker-compose"):
        link(plugins / plugin, tree / "usr/libexec/docker/cli-plugins" / plugin)
    return tree


def link(path: Path, target: Path) -> None:
    """Make `path` a symbolic link to `target`, whatever it was."""
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def mmdebstrap(suite: str, target: Path, *options: str) -> None:
    """Make a minimal Debian in `target`, a folder or a .tar, with Debian's own packages."""
    if target.is_dir():
        shutil.rmtree(target)
    if not shutil.which("mmdebstrap"):
        install("mmdebstrap")
    logged(
        ["mmdebstrap", "--variant=minbase", *options, *apt_options(), suite, str(target)],
        CACHE / f"mmdebstrap-{suite}.log",
    )


def apt_options() -> list[str]:
    """The machine's own decisions on how apt reaches its archive hold in the tree as well."""
    dump = subprocess.run(["apt-config", "dump"], capture_output=True, text=True).stdout
    kept = re.compile(r'Acquire::(Check-Valid-Until|Check-Date|https?::Proxy) "[^"]+";')
    return [f"--aptopt={line}" for line in dump.splitlines() if kept.fullmatch(line)]


def install(package: str) -> None:
    """Install a Debian package that the lab needs on this machine, and say so."""
    if not shutil.which("apt-get"):
        raise LabError(f"{package} is missing, and this machine has no apt-get to install it")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with step(f"installing {package} with apt-get"):
        logged(["apt-get", "update"], CACHE / "apt.log", env)
        logged(
            ["apt-get", "install", "-y", "--no-install-recommends", package],
            CACHE / "apt.log",
            env,
        )


def inspect(image: str) -> dict[str, Any] | None:
    """What the engine says of an image; None where it has none."""
    found = subprocess.run(["docker", "image", "inspect", image], capture_output=True, text=True)
    return json.loads(found.stdout)[0] if found.returncode == 0 else None


def has(images: list[str]) -> bool:
    """Whether the engine has all of these images."""
    return (
        subprocess.run(["docker", "image", "inspect", *images], capture_output=True).returncode == 0
    )


def pulled(image: str) -> bool:
    """Whether the engine has this image, from before or from its registry."""
    if inspect(image):
        return True
    with suppress(subprocess.TimeoutExpired), step(f"pulling {image}"):
        pull = ["docker", "pull", "--quiet", image]
        if subprocess.run(pull, capture_output=True, timeout=300).returncode == 0:
            return True
    say(f"no registry brings {image}")
    return False


def ensure_debian(suite: str) -> None:
    """Have `debian:<suite>-slim` in the engine: pulled where a registry answers, else made."""
    name = f"debian:{suite}-slim"
    if pulled(name):
        return
    archive = CACHE / f"{suite}.tar"
    with step(f"making {name} with mmdebstrap (about half a minute)"):
        mmdebstrap(suite, archive, *LIKE_SLIM)
        origin = f"mmdebstrap --variant=minbase {suite}, without manuals, apt cleaning up"
        changes = [f'--change=LABEL origin="{origin}"', '--change=CMD ["bash"]']
        logged(["docker", "import", *changes, str(archive), name], CACHE / "import.log")
        archive.unlink()


def ensure_busybox(recipe: Path) -> None:
    """Have `busybox:stable` in the engine: pulled where a registry answers, else made."""
    name = "busybox:stable"
    if pulled(name):
        return
    build = ["docker", "build", "--network=host", "--build-arg=SUITE=bookworm"]
    with step(f"making {name} from Debian's package"):
        logged([*build, f"--tag={name}", str(recipe)], CACHE / "busybox.log")
