"""Where does Docker come from: LXC, libcontainer, runc?"""

import json

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


def properties(snippet, tool):
    """What compare.sh says of the container of a tool."""
    return dict(line.split(": ", 1) for line in snippet("compare.sh", tool).out.splitlines())


def own(found):
    """What of it is the process's own: its namespaces, its cgroups."""
    names = [name for name, says in found.items() if says == "its own"]
    cgroups = [name for name in names if name.startswith("cgroup")]
    return [name for name in names if name not in cgroups], cgroups


def capabilities(engine, found):
    """How many capabilities the process has, in words when it is all that there are."""
    there = engine.run("sed -n 's/^CapEff:\t//p' /proc/self/status").out
    return "all" if found["capabilities"] == there else int(found["capabilities"], 16).bit_count()


def test_each_container_has_a_shim(snippet, measured):
    """Each of two running containers has its own `containerd-shim-runc-v2` with the container's id
    in its arguments and PID 1 as its parent; the default runtime is `runc`."""
    ids = snippet("two.sh").out.splitlines()
    runtime, *shims = snippet("fix.sh").out.splitlines()
    rows = [shim.split() for shim in shims]
    measured["default runtime"] = runtime.removeprefix("runtime: ")
    measured["programs"] = [program.split("/")[-1] for _, _, program, *_ in rows]
    measured["parents"] = [parent for _, parent, *_ in rows]
    served = {container for container in ids for row in rows if container in row}

    assert measured["default runtime"] == "runc"
    assert measured["programs"] == ["containerd-shim-runc-v2"] * 2
    assert measured["parents"] == ["1", "1"]
    assert len(served) == 2


def test_chain_of_programs(snippet, measured):
    """A container's process is a child of `containerd-shim-runc-v2`, whose parent is PID 1, not
    `containerd` or `dockerd`; `runc` has ended."""
    *chain, runc = snippet("start.sh").out.splitlines()
    # The kernel keeps 15 characters of a name.
    measured["from the container up"] = [line.split()[1] for line in chain]
    pids = [line.split()[0] for line in chain]
    measured["left of runc"] = runc

    assert measured["from the container up"][:2] == ["sleep", "containerd-shim"]
    assert len(chain) == 3
    assert pids[-1] == "1"
    assert measured["left of runc"] == "no runc"


def test_runc_started_it(snippet, measured):
    """runc's own list contains Docker's container, under the same id and PID, as running."""
    snippet("start.sh")
    listed, said = snippet("runc-list.sh").out.splitlines()
    rows = [[row["id"], str(row["pid"]), row["status"]] for row in json.loads(listed)]
    measured["runc and Docker say the same"] = rows == [said.split()]

    assert measured["runc and Docker say the same"]
    assert [status for _, _, status in rows] == ["running"]


def test_runc_alone_runs_a_container(snippet, measured):
    """runc, run by hand, starts the root file system of an image: the process finds the image's
    files, is PID 1, and its host name is not the host's."""
    lines = snippet("runc-alone.sh").out.splitlines()
    measured["prints"], host = lines[:3], lines[3:]

    assert measured["prints"] == ["runc", "PID 1", "/bin/busybox"]
    assert host[0] == "On the host:"
    assert len(host) == 2
    assert host[1] != "runc"


def test_libcontainer_lives_in_runc(snippet, measured):
    """`linuxStandardInit`, the part of libcontainer that starts a container's process, is compiled
    into `runc`, but not into `docker`, `dockerd`, `containerd` or its shim."""
    lines = snippet("libcontainer.sh").out.splitlines()
    counted = {line.split()[0]: int(line.split()[1]) for line in lines}
    measured["found in"] = [program for program, count in counted.items() if count]

    assert list(counted) == PROGRAMS
    assert measured["found in"] == ["runc"]


def test_no_lxc_in_the_engine(snippet, measured):
    """While a container runs, the host has neither programs nor libraries nor processes of LXC.
    Docker's default runtime is `runc`; the names of its runtimes do not contain LXC."""
    running = snippet("start.sh").out.split()
    *found, default, runtimes = snippet("look-for-lxc.sh").out.splitlines()
    measured["found"] = found
    measured["default"] = default.removeprefix("default: ")
    measured["runtimes"] = sorted(runtimes.removeprefix("runtimes: ").split())

    assert "sleep" in running
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
def test_lxc_and_docker_use_the_same_kernel_features(snippet, measured):
    """Both LXC and Docker give a container its own mount, PID, network, IPC and host name
    namespaces, the host's user namespace, and its own cgroups in the same hierarchies."""
    started, there, lxc, docker = compared(snippet)
    for name, found in ("LXC", lxc), ("Docker", docker):
        measured[f"{name}: its own"], _ = own(found)
        measured[f"{name}: runs"] = found["command"].strip()

    assert "RUNNING" in started
    assert measured["LXC: runs"] == "sleep 600"
    assert measured["Docker: runs"] == "sleep 600"
    assert lxc["root"] == docker["root"]
    assert measured["LXC: its own"] == OWN
    assert measured["Docker: its own"] == OWN
    assert lxc["user"] == docker["user"] == "the host's"
    assert own(lxc)[1] == own(docker)[1]
    assert own(lxc)[1]
    # The search that finds nothing in an engine finds LXC where it is.
    assert "/usr/bin/lxc-start" in there


@pytest.mark.usefixtures("cpusets")
@pytest.mark.host(cgroup="1")
def test_lxc_restricts_less_unless_told(engine, snippet, measured):
    """With this short configuration, LXC leaves a process all capabilities and sets no seccomp
    filter; Docker leaves it 14 capabilities and sets a filter."""
    _, _, lxc, docker = compared(snippet)
    for name, found in ("LXC", lxc), ("Docker", docker):
        measured[f"{name}: capabilities"] = capabilities(engine, found)
        measured[f"{name}: seccomp mode"] = found["seccomp"]

    assert measured == {
        "LXC: capabilities": "all",
        "LXC: seccomp mode": "0",
        "Docker: capabilities": 14,
        "Docker: seccomp mode": "2",
    }


def compared(snippet):
    """Start a container with LXC and one with Docker; what LXC says, its files, and the two."""
    started = snippet("lxc.sh", "unshare", "--cgroup").out
    there = snippet("look-for-lxc.sh", "/tmp/faq-lxc/usr").out
    snippet("start.sh")
    return started, there, properties(snippet, "lxc"), properties(snippet, "docker")
