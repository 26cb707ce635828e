"""What is Moby, and what are containerd, BuildKit, runc, dockerd and the CLI?"""

import re

CLI = "github.com/docker/cli/"
DAEMON = "github.com/docker/docker/daemon"
MOBY_DAEMON = ["github.com/moby/moby/daemon", "github.com/moby/moby/v2/daemon"]
BUILDKIT_SOLVER = "github.com/moby/buildkit/solver"


def counts(snippet, program, *packages):
    """How often each package's name stands in a program."""
    lines = snippet("packages.sh", program, *packages).out.splitlines()
    return {line.split()[0]: int(line.split()[1]) for line in lines}


def found(counted):
    """Which of the packages are there."""
    return [package for package, count in counted.items() if count > 10]


def line(version):
    """The release line of a version, `2.1` of `2.1.9+unknown`."""
    return re.match(r"\d+\.\d+", version)[0]


def test_each_program_has_its_own_repository(snippet, measured):
    """The main file of `docker` belongs to github.com/docker/cli, that of `dockerd` to
    docker/docker, of `containerd` and its shim to containerd/containerd, of `runc` to
    opencontainers/runc."""
    programs = ["docker", "dockerd", "containerd", "containerd-shim-runc-v2", "runc"]
    lines = snippet("origin.sh", *programs).out.splitlines()
    measured.update(line.split(": ") for line in lines)
    repositories = {
        program: re.sub(r"/(v\d+/)?(cmd/[\w-]+/)?\w+\.go$", "", path)
        for program, path in measured.items()
    }

    assert len(lines) == len(programs)
    assert repositories == {
        "docker": "github.com/docker/cli",
        "dockerd": "github.com/docker/docker",
        "containerd": "github.com/containerd/containerd",
        "containerd-shim-runc-v2": "github.com/containerd/containerd",
        "runc": "github.com/opencontainers/runc",
    }


def test_debian_builds_dockerd_from_moby(snippet, measured):
    """Debian's `docker.io` names github.com/moby/moby as the source of what it builds; the engine
    in it names no product of its own, and no program is called `moby`."""
    lines = snippet("product.sh").out.splitlines()
    measured["it says"] = lines

    assert lines == [
        'product: ""',
        "source: https://github.com/moby/moby",
        "no program named moby",
    ]


def test_moby_is_called_docker_inside(snippet, measured):
    """In `dockerd` the daemon's packages are called github.com/docker/docker/daemon, and none is
    called github.com/moby/moby/daemon or github.com/moby/moby/v2/daemon."""
    counted = counts(snippet, "dockerd", DAEMON, *MOBY_DAEMON)
    measured["named"] = found(counted)

    assert counted[DAEMON] > 1000
    assert [counted[name] for name in MOBY_DAEMON] == [0, 0]


def test_cli_and_daemon_are_apart(snippet, measured):
    """`dockerd` holds no package of docker/cli, and `docker` none of the daemon."""
    daemon = counts(snippet, "dockerd", CLI, DAEMON)
    client = counts(snippet, "docker", CLI, DAEMON)
    measured["in dockerd"], measured["in docker"] = found(daemon), found(client)

    assert daemon[CLI] == 0
    assert client[DAEMON] == 0
    assert daemon[DAEMON] > 1000
    assert client[CLI] > 1000


def test_buildkit_sits_in_dockerd(engine, snippet, measured):
    """BuildKit's solver is compiled into `dockerd` and not into `containerd` or `runc`; there is no
    `buildkitd`, neither as a program nor, during a build, as a process."""
    programs = ["dockerd", "containerd", "runc"]
    counted = {name: counts(snippet, name, BUILDKIT_SOLVER) for name in programs}
    processes = snippet("build.sh").out.split()
    measured["holds BuildKit's solver"] = [name for name in programs if found(counted[name])]
    program = engine.run("command -v buildkitd", check=False)
    image = engine.run("docker image inspect faq-moby", check=False)
    measured["during the build"] = [
        name for name in ("sleep", "dockerd", "containerd", "buildkitd") if name in processes
    ]

    assert image.code == 0
    assert counted["dockerd"][BUILDKIT_SOLVER] > 1000
    assert measured["holds BuildKit's solver"] == ["dockerd"]
    assert program.code == 127
    assert measured["during the build"] == ["sleep", "dockerd", "containerd"]


def test_version_lists_four_parts(snippet, measured):
    """`docker version` lists four parts of the server, Engine, containerd, runc and docker-init,
    and for each the version that its program reports by itself."""
    said = snippet("versions.sh").out.splitlines()
    components = dict(line.split() for line in said[:4])
    programs = " ".join(said[4:]).replace(",", " ").split()
    # A Debian suite may bring a new patch release between two runs.
    measured.update((name, line(version)) for name, version in components.items())

    assert list(components) == ["Engine", "containerd", "runc", "docker-init"]
    assert len(set(components.values())) == 4
    assert [version for version in components.values() if version not in programs] == []


def test_dockerd_starts_containerd(snippet, measured):
    """In the lab `containerd` runs as a child of `dockerd`, a process of its own."""
    rows = [line.split() for line in snippet("processes.sh").out.splitlines()]
    pids = {name: pid for pid, _, name in rows}
    parents = {name: parent for _, parent, name in rows}
    measured["processes"] = sorted(pids)

    assert pids["containerd"] != pids["dockerd"]
    assert parents["containerd"] == pids["dockerd"]


def test_containerds_namespace_is_moby(engine, snippet, measured):
    """containerd holds Docker's container, under the same id, in a namespace called `moby`, and in
    no other of its namespaces."""
    held = dict(row.split(":") for row in snippet("namespace.sh").out.splitlines())
    container = engine.run("docker inspect --format '{{.Id}}' faq-moby").out
    measured["holds it"] = [name for name, ids in held.items() if container in ids]

    assert "default" in held
    assert measured["holds it"] == ["moby"]
