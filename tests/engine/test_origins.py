"""Where does Docker come from: LXC, libcontainer, runc?"""

import pytest

OWN = ["mnt", "pid", "net", "ipc", "uts"]
PROGRAMS = ["docker", "dockerd", "containerd", "containerd-shim-runc-v2", "runc"]
INHERIT = "/sys/fs/cgroup/cpuset/cgroup.clone_children"


@pytest.fixture
def cpusets(engine):
    """Have new cgroups inherit their processors: LXC fills none in, and v1 wants some."""
    engine.run(f"[ ! -e {INHERIT} ] || echo 1 >{INHERIT}")
    yield
    engine.run(f"sh /work/clean.sh >/dev/null 2>&1; [ ! -e {INHERIT} ] || echo 0 >{INHERIT}")


def properties(snippet, pid):
    """What compare.sh says of a process."""
    return dict(line.split(": ", 1) for line in snippet("compare.sh", pid).out.splitlines())


def own(found):
    """What of it is the process's own: its namespaces, its cgroups."""
    names = [name for name, says in found.items() if says == "its own"]
    cgroups = [name for name in names if name.startswith("cgroup")]
    return [name for name in names if name not in cgroups], cgroups


def capabilities(engine, found):
    """How many capabilities the process has, in words when it is all that there are."""
    there = engine.run("sed -n 's/^CapEff:\t//p' /proc/self/status").out
    return "all" if found["capabilities"] == there else int(found["capabilities"], 16).bit_count()


def test_chain_of_programs(snippet, measured):
    """A container's process is a child of `containerd-shim-runc-v2`, which is not a child of
    `containerd` or `dockerd` but of PID 1; no `runc` runs any more."""
    *chain, runc = snippet("start.sh").out.splitlines()
    # The kernel keeps 15 characters of a name.
    measured["from the container up"] = [line.split()[1] for line in chain]
    pids = [line.split()[0] for line in chain]
    measured["left of runc"] = runc

    assert measured["from the container up"][:2] == ["sleep", "containerd-shim"]
    assert len(chain) == 3
    assert pids[-1] == "1"
    assert runc == "no runc"


def test_runc_started_it(engine, snippet, measured):
    """It was runc that started the container all the same: runc's own list holds it, under the same
    id and PID, as running."""
    snippet("start.sh")
    listed = snippet("runc-list.sh").json()
    inspect = "docker inspect --format '{{.Id}} {{.State.Pid}}' faq-origins"
    container, pid = engine.run(inspect).out.split()
    measured["status"] = [entry["status"] for entry in listed]

    assert [(entry["id"], str(entry["pid"])) for entry in listed] == [(container, pid)]
    assert measured["status"] == ["running"]


def test_runc_alone_runs_a_container(engine, snippet, measured):
    """runc alone, called by hand, runs the root file system of an image: the process finds the
    image's files, is PID 1, and its host name is not the host's."""
    measured["prints"] = snippet("runc-alone.sh").out.splitlines()
    host = engine.run("hostname; ls /bin/busybox", check=False)

    assert measured["prints"] == ["runc", "PID 1", "/bin/busybox"]
    assert host.out != "runc"
    assert host.code != 0


def test_libcontainer_lives_in_runc(snippet, measured):
    """The part of libcontainer that starts a container's process, `linuxStandardInit`, is compiled
    into `runc`, and not into `docker`, `dockerd`, `containerd` or its shim."""
    lines = snippet("libcontainer.sh").out.splitlines()
    counted = {line.split()[0]: int(line.split()[1]) for line in lines}
    measured["found in"] = [program for program, count in counted.items() if count]

    assert list(counted) == PROGRAMS
    assert measured["found in"] == ["runc"]


def test_no_lxc_in_the_engine(engine, snippet, measured):
    """With a container running, the engine's host has no program, library or process of LXC;
    Docker's default runtime is `runc`, and none that it knows has LXC in its name."""
    snippet("start.sh")
    *found, default, runtimes = snippet("look-for-lxc.sh").out.splitlines()
    running = engine.run("docker inspect --format '{{.State.Running}}' faq-origins").out
    measured["found"] = found
    measured["default"] = default.removeprefix("default: ")
    measured["runtimes"] = sorted(runtimes.removeprefix("runtimes: ").split())

    assert running == "true"
    assert measured["found"] == []
    assert measured["default"] == "runc"
    assert "runc" in measured["runtimes"]
    assert not any("lxc" in name for name in measured["runtimes"])


def test_lxc_options_are_gone(snippet, measured):
    """`dockerd --exec-driver lxc` and `docker run --lxc-conf` are unknown options, while
    `dockerd --exec-opt` is known."""
    measured["says"] = snippet("options.sh").out.splitlines()

    assert measured["says"] == [
        "unknown flag: --exec-driver",
        "unknown flag: --lxc-conf",
        "Docker version",
    ]


@pytest.mark.usefixtures("cpusets")
@pytest.mark.host(cgroup="1")
def test_lxc_and_docker_use_the_same_kernel_features(engine, snippet, measured):
    """Both LXC and Docker give a container its own mount, PID, network, IPC and host name
    namespaces, the host's user namespace, and its own cgroups in the same hierarchies."""
    lines = snippet("lxc.sh", "unshare", "--cgroup").out.splitlines()
    started = {name: word.strip() for name, word in (line.split(":") for line in lines)}
    there = snippet("look-for-lxc.sh", "/tmp/faq-lxc/usr").out
    snippet("start.sh")
    inspect = "docker inspect --format '{{.State.Pid}}' faq-origins"
    lxc = properties(snippet, started["PID"])
    docker = properties(snippet, engine.run(inspect).out)
    for name, found in ("LXC", lxc), ("Docker", docker):
        measured[f"{name}: its own"], cgroups = own(found)
        measured[f"{name}: a cgroup of its own"] = bool(cgroups)
        measured[f"{name}: capabilities"] = capabilities(engine, found)
        measured[f"{name}: seccomp mode"] = found["seccomp"]
        measured[f"{name}: runs"] = found["command"].strip()

    assert started["State"] == "RUNNING"
    assert measured["LXC: runs"] == measured["Docker: runs"] == "sleep 600"
    assert lxc["root"] == docker["root"]
    assert measured["LXC: its own"] == measured["Docker: its own"] == OWN
    assert lxc["user"] == docker["user"] == "the host's"
    assert own(lxc)[1] == own(docker)[1]
    assert measured["LXC: a cgroup of its own"]
    # The search that finds nothing in an engine finds LXC where it is.
    assert "/usr/bin/lxc-start" in there
