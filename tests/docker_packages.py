"""Docker's own packages, from a repository on loopback: `make survive` runs this beside faults.

The programs of the forky engine stand in it under Docker's package names and a release of their
own. The column appears, is asked, recorded, joins and shows; without the repository all is whole.
"""

import os
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from faq.lab import compose
from faq.lab.names import container
from faq.lab.reach import LEFT_OUT
from tests.planted import Project

# As long as the release that it takes the place of, since it stands in the programs.
OLD, NEW = "28.5.2+dfsg4", "29.98.7+dfsg"
VERSION = f"5:{NEW}-1~debian.13~trixie"
PACKAGES = {
    "docker-ce": "/usr/sbin/dockerd /usr/sbin/docker-proxy /usr/sbin/docker-init",
    "docker-ce-cli": "/usr/bin/docker",
    "containerd.io": "/usr/bin/containerd /usr/bin/containerd-shim-runc-v2 /usr/sbin/runc",
    "docker-buildx-plugin": "/usr/libexec/docker/cli-plugins/docker-buildx",
    "docker-compose-plugin": "/usr/libexec/docker/cli-plugins/docker-compose",
}
NEEDS = {"docker-ce": "containerd.io, docker-ce-cli, iptables, libsystemd0"}
NEEDS |= {"containerd.io": "libseccomp2"}
CONTROL = """\
Package: {name}
Version: {version}
Architecture: amd64
Maintainer: Test <test@example.org>
Depends: {needs}
Description: programs of Debian's, under another name
"""
RELEASE = """\
Origin: Test
Suite: trixie
Codename: trixie
Architectures: amd64
Components: stable
Date: {date}
SHA256:
 {checksum} {size} stable/binary-amd64/Packages
"""


def shell(command: str, folder: Path) -> str:
    """Run a command in a folder."""
    done = subprocess.run(
        ["sh", "-ec", command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def make_package(name: str, folder: Path) -> None:
    """Make one package of the forky engine's programs, with the other release in them."""
    root = folder / name
    (root / "DEBIAN").mkdir(parents=True)
    control = CONTROL.format(name=name, version=VERSION, needs=NEEDS.get(name, "libc6"))
    (root / "DEBIAN" / "control").write_text(control)
    for path in PACKAGES[name].split():
        target = root / path.removeprefix("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shell(f"docker cp --follow-link {container('forky')}:{path} {target}", folder)
        target.write_bytes(target.read_bytes().replace(OLD.encode(), NEW.encode()))
        target.chmod(0o755)
    shell(f"dpkg-deb --build --root-owner-group -Zgzip -z1 {name} pool/", folder)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a signed repository with Docker's packages."""
    folder = tmp_path_factory.mktemp("repository")
    lists = folder / "dists" / "trixie" / "stable" / "binary-amd64"
    lists.mkdir(parents=True)
    (folder / "pool").mkdir()
    compose.up()
    for name in PACKAGES:
        make_package(name, folder)
    shell(f"dpkg-scanpackages pool >{lists}/Packages 2>/dev/null", folder)
    checksum = shell("sha256sum Packages", lists).split()[0]
    size = (lists / "Packages").stat().st_size
    release = RELEASE.format(date=shell("date -Ru", folder), checksum=checksum, size=size)
    (folder / "dists/trixie/Release").write_text(release)
    gpg = f"gpg --batch --homedir {folder} --passphrase ''"
    shell(f"{gpg} --quick-generate-key test@example.org default default never", folder)
    shell(f"{gpg} --armor --export >gpg", folder)
    shell(f"{gpg} --clearsign --output InRelease Release", folder / "dists/trixie")
    handler = partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
    shell(f"gpgconf --homedir {folder} --kill all", folder)


@pytest.fixture
def lab(repository: str, monkeypatch) -> Iterator[None]:
    """A lab that has Docker's packages in reach."""
    compose.down()
    monkeypatch.setenv("DOCKER_REPOSITORY", repository)
    monkeypatch.delenv(LEFT_OUT, raising=False)
    compose.up()
    yield
    compose.down()
    os.environ.pop(LEFT_OUT, None)


def test_column_of_dockers_own_packages(lab, repository, tmp_path):
    project = Project(tmp_path / "project")
    asked = ["pytest", "-n0", "--record", "--column"]
    for service in ("docker-29", "docker-29-containerd", "forky"):
        said = project.run(*asked, service, DOCKER_REPOSITORY=repository)
        assert "2 of 2 claims × engines verified, 2 recorded" in said.stdout, said.stdout
    engines = project.evidence().engines
    assert list(engines) == ["28.5", "29.98", "29.98-containerd"]
    assert engines["29.98"].version == NEW
    built = project.build()
    assert built.returncode == 0, built.stderr
    assert "29.98-containerd" in project.built()
    # Out of reach, the recorded columns stay as they are and nothing of them is asked.
    gone = project.run("pytest", "-n0", DOCKER_REPOSITORY="http://127.0.0.1:1")
    assert "left out" in gone.stderr
    assert "docker-29" in gone.stderr
    assert project.evidence().engines == engines
    assert project.build(DOCKER_REPOSITORY="http://127.0.0.1:1").returncode == 0
