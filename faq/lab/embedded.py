"""Finds a Docker Engine for the lab; where none answers, brings one of its own.

The embedded engine lives in one folder under the user's cache folder and in namespaces of
its own (see `embedded.sh`): no bridge, firewall rule or setting of the host changes, and removing
the folder after `stop_embedded()` removes it whole. Where mmdebstrap is missing, it is installed.
"""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from faq.console import step
from faq.errors import LabError
from faq.lab.debian import mmdebstrap
from faq.lab.docker import answers
from faq.lab.paths import CACHE, STATE

SCRIPT = Path(__file__).with_name("embedded.sh")
ADDRESS = f"unix://{STATE}/docker.sock"
CLI = CACHE / "cli"
LOG = CACHE / "dockerd.log"
PID = CACHE / "pid"
SUITE = "forky"
PACKAGES = (
    "docker.io,docker-cli,docker-buildx,docker-compose,"
    "ca-certificates,iproute2,iptables,slirp4netns"
)
CGROUPS = Path("/sys/fs/cgroup")
START_SECONDS = 60
# What is on this machine's loopback, the engine reaches at another address, and only if it must.
LOOPBACK = re.compile(r"//(127\.0\.0\.1|localhost)\b")
LOOPBACK_IN_ENGINE = "//10.0.2.2"


def ensure_engine() -> None:
    """Make `docker` and `docker compose` reach an engine: the running one, else the embedded.

    Raises:
        LabError: there is none, and one cannot be brought here.

    """
    if not answers():
        host = os.environ.get("DOCKER_HOST", ADDRESS)
        if host != ADDRESS:
            raise LabError(f"no Docker Engine answers at DOCKER_HOST={host}")
        use_embedded()
        if not answers():
            start_embedded()
    if subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        raise LabError("`docker compose` is missing: install Docker's compose plugin")


def use_embedded() -> None:
    """Point this process and its children at the embedded engine and its CLI."""
    os.environ["DOCKER_HOST"] = ADDRESS
    os.environ["DOCKER_CONFIG"] = str(CLI)
    os.environ["PATH"] = f"{CLI}:{os.environ['PATH']}"


def build_environment() -> dict[str, str]:
    """The environment for a build: a repository on loopback as the embedded engine reaches it."""
    environment = dict(os.environ)
    if "DOCKER_REPOSITORY" in environment and environment.get("DOCKER_HOST") == ADDRESS:
        repository = environment["DOCKER_REPOSITORY"]
        environment["DOCKER_REPOSITORY"] = LOOPBACK.sub(LOOPBACK_IN_ENGINE, repository)
    return environment


def start_embedded() -> None:
    """Start the embedded engine, building its tree first where there is none.

    Raises:
        LabError: this machine cannot run it, or it did not start.

    """
    if os.uname().sysname != "Linux" or os.geteuid():
        raise LabError(
            "no Docker Engine answers, and bringing one takes root on Linux: "
            "start Docker, set DOCKER_HOST, or run this as root",
        )
    stop_embedded()
    tree = build_tree()
    STATE.mkdir(parents=True, exist_ok=True)
    command = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
    command += ["sh", str(SCRIPT), str(tree), str(STATE)]
    if not LOOPBACK.search(os.environ.get("DOCKER_REPOSITORY", "")):
        command.append("--disable-host-loopback")
    with step("starting the embedded engine"), LOG.open("w") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        PID.write_text(str(process.pid))
        wait_for_answer(process)


def wait_for_answer(process: subprocess.Popen[bytes]) -> None:
    """Wait until the embedded engine answers.

    Raises:
        LabError: it has ended, or is silent; with the end of its log.

    """
    deadline = time.monotonic() + START_SECONDS
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            tail = "\n  ".join(LOG.read_text().splitlines()[-8:])
            raise LabError(f"the embedded engine did not start:\n  {tail}")
        time.sleep(0.1)


def stop_embedded() -> None:
    """End the embedded engine with all it runs; no engine, nothing to do."""
    if pid := embedded_pid():
        os.kill(pid, signal.SIGKILL)  # unshare takes its PID namespace along
        while embedded_pid():
            time.sleep(0.05)
    PID.unlink(missing_ok=True)
    (STATE / "docker.sock").unlink(missing_ok=True)
    remove_cgroups()


def embedded_pid() -> int | None:
    """The process id of the embedded engine, None when it does not run."""
    with suppress(OSError, ValueError):
        pid = int(PID.read_text())
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
    digest = hashlib.sha256(f"{SUITE} {PACKAGES}".encode()).hexdigest()[:12]
    tree = CACHE / f"tree-{digest}"
    if not tree.exists():
        for old in CACHE.glob("tree-*"):
            shutil.rmtree(old)
        with step(f"building the embedded engine from Debian {SUITE} (about half a minute)"):
            mmdebstrap(SUITE, CACHE / "new-tree", f"--include={PACKAGES}")
            (CACHE / "new-tree").rename(tree)
    plugins = CLI / "cli-plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    link(CLI / "docker", tree / "usr/bin/docker")
    for plugin in ("docker-buildx", "docker-compose"):
        link(plugins / plugin, tree / "usr/libexec/docker/cli-plugins" / plugin)
    return tree


def link(path: Path, target: Path) -> None:
    """Make `path` a symbolic link to `target`, whatever it was."""
    path.unlink(missing_ok=True)
    path.symlink_to(target)
