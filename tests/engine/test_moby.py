"""What is Moby, and what are containerd, BuildKit, runc, dockerd and the CLI?"""

import re

import pytest

CLI = "github.com/docker/cli/"
DAEMON = "github.com/docker/docker/daemon"
MOBY_DAEMON = ["github.com/moby/moby/daemon", "github.com/moby/moby/v2/daemon"]
BUILDKIT_SOLVER = "github.com/moby/buildkit/solver"
PARTS = ["Engine", "containerd", "runc", "docker-init"]
SOCKET = "/run/containerd/containerd.sock"


def counts(snippet, program, *packages):
    """How often each package's name is in a program."""
    lines = snippet("packages.sh", program, *packages).out.splitlines()
    return {line.split()[0]: int(line.split()[1]) for line in lines}


def found(counted):
    """Which of the packages are there."""
    return [package for package, count in counted.items() if count > 10]


def line(version):
    """The release line of a version, `2.1` of `2.1.9+unknown`."""
    return re.match(r"\d+\.\d+", version)[0]


def repositories(snippet, *programs):
    """The repository of each program's main file."""
    lines = snippet("origin.sh", *programs).out.splitlines()
    files = dict(line.split(": ") for line in lines)
    return {
        program: re.sub(r"/(v\d+/)?(cmd/[\w-]+/)?\w+\.go$", "", path)
        for program, path in files.items()
    }


def test_docker_version_lists_the_parts(snippet, measured):
    """`docker version` lists the client and four parts of the server, Engine, containerd, runc and
    docker-init; `ps` shows `dockerd` and `containerd` as two processes."""
    said = snippet("fix.sh").out
    client, _, server = said.partition("\nServer:")
    measured["client has a version"] = bool(re.search(r"^ Version: +\d+\.\d", client, re.MULTILINE))
    measured["parts of the server"] = re.findall(r"^ ([\w-]+):\n +Version:", server, re.MULTILINE)
    measured["processes"] = sorted(re.findall(r"^ *\d+ +\d+ (\S+)$", server, re.MULTILINE))

    assert measured["client has a version"]
    assert measured["parts of the server"] == PARTS
    assert measured["processes"] == ["containerd", "dockerd"]


def test_each_program_has_its_own_repository(snippet, measured):
    """The main file of `docker` belongs to github.com/docker/cli, that of `dockerd` to
    docker/docker, of `containerd` and its shim to containerd/containerd, of `runc` to
    opencontainers/runc."""
    programs = ["docker", "dockerd", "containerd", "containerd-shim-runc-v2", "runc"]
    measured["belongs to"] = repositories(snippet, *programs)

    assert measured["belongs to"] == {
        "docker": "github.com/docker/cli",
        "dockerd": "github.com/docker/docker",
        "containerd": "github.com/containerd/containerd",
        "containerd-shim-runc-v2": "github.com/containerd/containerd",
        "runc": "github.com/opencontainers/runc",
    }


@pytest.mark.holds(since="23.0")
def test_docker_build_runs_buildx(snippet, measured):
    """During `docker build` with BuildKit the CLI runs a program of another project,
    `docker-buildx`, whose main file belongs to github.com/docker/buildx."""
    measured["runs docker-buildx"] = "docker-buildx" in snippet("build.sh").out.split()
    measured["its repository"] = repositories(snippet, "docker-buildx").get("docker-buildx")

    assert measured["runs docker-buildx"]
    assert measured["its repository"] == "github.com/docker/buildx"


@pytest.mark.holds(since="23.0")
def test_docker_proxy_is_of_the_daemons_repository(snippet, measured):
    """The main file of `docker-proxy`, the program behind published ports, belongs to the same
    repository as that of `dockerd`."""
    measured["belongs to"] = repositories(snippet, "dockerd", "docker-proxy")

    assert measured["belongs to"] == {
        "dockerd": "github.com/docker/docker",
        "docker-proxy": "github.com/docker/docker",
    }


def test_debian_builds_dockerd_from_moby(snippet, measured):
    """Debian's package `docker.io` names github.com/moby/moby as its source; its engine reports an
    empty product name, and no program is called `moby`."""
    measured["it says"] = snippet("product.sh").out.splitlines()

    assert measured["it says"] == [
        'product: ""',
        "source: https://github.com/moby/moby",
        "no program named moby",
    ]


def test_moby_is_called_docker_inside(snippet, measured):
    """In `dockerd` the daemon's packages are called github.com/docker/docker/daemon, and none is
    called github.com/moby/moby/daemon or github.com/moby/moby/v2/daemon."""
    counted = counts(snippet, "dockerd", DAEMON, *MOBY_DAEMON)
    measured["named"] = found(counted)

    assert measured["named"] == [DAEMON]
    assert counted[DAEMON] > 1000
    assert [counted[name] for name in MOBY_DAEMON] == [0, 0]


def test_cli_and_daemon_are_apart(snippet, measured):
    """`dockerd` contains none of the packages of docker/cli, and `docker` none of the daemon's."""
    daemon = counts(snippet, "dockerd", CLI, DAEMON)
    client = counts(snippet, "docker", CLI, DAEMON)
    measured["in dockerd"], measured["in docker"] = found(daemon), found(client)

    assert measured["in dockerd"] == [DAEMON]
    assert measured["in docker"] == [CLI]
    assert daemon[CLI] == 0
    assert client[DAEMON] == 0
    assert daemon[DAEMON] > 1000
    assert client[CLI] > 1000


def test_buildkit_sits_in_dockerd(engine, snippet, measured):
    """BuildKit's solver is compiled into `dockerd` and not into `containerd` or `runc`. During a
    build `buildkitd` is not among the processes."""
    programs = ["dockerd", "containerd", "runc"]
    counted = {name: counts(snippet, name, BUILDKIT_SOLVER) for name in programs}
    processes = snippet("build.sh").out.split()
    measured["holds BuildKit's solver"] = [name for name in programs if found(counted[name])]
    image = engine.run("docker image inspect faq-moby", check=False)
    measured["during the build"] = [
        name for name in ("sleep", "dockerd", "containerd", "buildkitd") if name in processes
    ]

    assert image.code == 0
    assert counted["dockerd"][BUILDKIT_SOLVER] > 1000
    assert measured["holds BuildKit's solver"] == ["dockerd"]
    assert measured["during the build"] == ["sleep", "dockerd", "containerd"]


def test_version_lists_four_parts(snippet, measured):
    """`docker version` reports for Engine, containerd, runc and docker-init the version that
    `dockerd`, `containerd`, `runc` and `docker-init` print themselves."""
    server = snippet("fix.sh").out.partition("\nServer:")[2]
    listed = dict(re.findall(r"^ ([\w-]+):\n +Version: +(\S+)", server, re.MULTILINE))
    printed = dict(row.split(": ", 1) for row in snippet("versions.sh").out.splitlines())
    # A Debian suite may bring a new patch release between two runs.
    measured.update((name, line(version)) for name, version in listed.items())
    words = {name: text.replace(",", " ").split() for name, text in printed.items()}

    assert list(listed) == list(words) == PARTS
    assert [name for name in PARTS if listed[name] not in words[name]] == []
    assert [name for name in PARTS if measured[name] != line(listed[name])] == []


def test_dockerd_starts_containerd(snippet, measured):
    """Started without systemd, as in these tests, `dockerd` starts `containerd` as its child
    process."""
    rows = re.findall(r"^ *(\d+) +(\d+) (dockerd|containerd)$", snippet("fix.sh").out, re.MULTILINE)
    pids = {name: pid for pid, _, name in rows}
    parents = {name: parent for _, parent, name in rows}
    measured["containerd's parent"] = [name for name in pids if pids[name] == parents["containerd"]]

    assert measured["containerd's parent"] == ["dockerd"]


def test_systemd_starts_containerd_by_itself(snippet, measured):
    """Debian's unit file for Docker starts `dockerd` with
    `--containerd=/run/containerd/containerd.sock`; another unit starts `containerd`."""
    lines = snippet("units.sh").out.splitlines()
    units = [re.fullmatch(r".*/(\S+):ExecStart=\S+/(\w+)( .*)?", line).groups("") for line in lines]
    measured["units start"] = {unit: program for unit, program, _ in units}
    measured["socket given"] = [
        word for _, _, options in units for word in options.split() if "containerd" in word
    ]

    assert measured["units start"] == {
        "docker.service": "dockerd",
        "containerd.service": "containerd",
    }
    assert measured["socket given"] == [f"--containerd={SOCKET}"]


def test_containerds_namespace_is_moby(snippet, measured):
    """containerd lists Docker's container under the same id in its namespace `moby`, and in none
    of its other namespaces."""
    container, *rows = snippet("namespace.sh").out.splitlines()
    held = dict(row.split(":") for row in rows)
    measured["holds it"] = [name for name, ids in held.items() if container in ids.split()]

    assert "default" in held
    assert re.fullmatch("[0-9a-f]{64}", container)
    assert measured["holds it"] == ["moby"]
