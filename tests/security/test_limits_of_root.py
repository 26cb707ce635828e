"""What keeps root in a container from being root on the host?"""

import re

import pytest

DEFAULT = [
    "chown",
    "dac_override",
    "fowner",
    "fsetid",
    "kill",
    "setgid",
    "setuid",
    "setpcap",
    "net_bind_service",
    "net_raw",
    "sys_chroot",
    "mknod",
    "audit_write",
    "setfcap",
]
CAP_SYS_RESOURCE = 24  # its bit in CapEff
DENIED = re.compile("Permission denied|Operation not permitted")
MADE = "on the host, user 0 made /faq-made-by-container"
TRIED = [
    "mount a file system",
    "write to /proc/sys",
    "see the kernel's timers",
    "read a disk",
    "make a user namespace",
]
OPENS = {
    "--cap-add SYS_ADMIN": ["mount a file system", "make a user namespace"],
    "--security-opt systempaths=unconfined": ["write to /proc/sys", "see the kernel's timers"],
    "--device-cgroup-rule b 7:* r": ["read a disk"],
    "--security-opt seccomp=unconfined": ["make a user namespace"],
}


def capabilities(snippet, *options):
    """The names that `capsh` gives to a container's effective capabilities."""
    names = snippet("capabilities.sh", *options).out.partition("=")[2]
    return [name.removeprefix("cap_") for name in names.split(",") if name]


def answers(result):
    """The `question: answer` lines that a snippet prints."""
    lines = (line.partition(":") for line in result.out.splitlines())
    return {question: answer.strip() for question, _, answer in lines}


def look(snippet, *options):
    """What look.sh prints, as words."""
    return answers(snippet("look.sh", *options))


def test_default_withholds_what_root_has(snippet, measured):
    """On the host, root mounts a file system, writes to `/proc/sys`, sees the kernel's timers,
    reads a disk and makes a user namespace; in a container started without options root is refused
    all five."""
    measured["on the host"] = answers(snippet("fences.sh"))
    measured["in a container"] = answers(snippet("in-container.sh"))

    assert measured["on the host"] == dict.fromkeys(TRIED, "done")
    assert measured["in a container"] == dict.fromkeys(TRIED, "refused")


def test_each_fence_has_its_key(snippet, measured):
    """Four options each give root one or two of the five back and leave the others refused:
    `--cap-add SYS_ADMIN` the mount and the user namespace, `systempaths=unconfined` `/proc/sys` and
    the timers, a `--device-cgroup-rule` the disk, `seccomp=unconfined` the user namespace."""
    for option in OPENS:
        tried = answers(snippet("in-container.sh", *option.split(" ", 1)))
        measured[option] = [name for name in TRIED if tried[name] == "done"]

    assert measured == OPENS


def test_root_has_fourteen_capabilities(engine, snippet, measured):
    """Root in a container has 14 capabilities: `chown`, `dac_override`, `fowner`, `fsetid`, `kill`,
    `setgid`, `setuid`, `setpcap`, `net_bind_service`, `net_raw`, `sys_chroot`, `mknod`,
    `audit_write` and `setfcap`; the kernel knows 41."""
    names = capabilities(snippet)
    measured["capabilities"] = names
    measured["last number in the kernel"] = engine.run("cat /proc/sys/kernel/cap_last_cap").out

    assert names == DEFAULT
    assert len(names) == 14
    assert measured["last number in the kernel"] == "40"


def test_capabilities_can_be_chosen(snippet, measured):
    """`--cap-drop ALL` leaves root none, and `--cap-add` then gives just what it names."""
    measured["dropped"] = capabilities(snippet, "--cap-drop=ALL")
    measured["one added"] = capabilities(snippet, "--cap-drop=ALL", "--cap-add=SYS_TIME")

    assert measured["dropped"] == []
    assert measured["one added"] == ["sys_time"]


def test_seccomp_is_on_and_no_new_privileges_is_not(snippet, measured):
    """By default seccomp filters system calls (mode 2), and `no_new_privs` is off;
    `--security-opt` turns the one off and the other on."""
    options = ["--security-opt", "seccomp=unconfined", "--security-opt", "no-new-privileges"]
    for name, given in {"default": [], "options": options}.items():
        seen = look(snippet, *given)
        measured[name] = {key: seen[key] for key in ("Seccomp", "NoNewPrivs")}

    assert measured["default"] == {"Seccomp": "2", "NoNewPrivs": "0"}
    assert measured["options"] == {"Seccomp": "0", "NoNewPrivs": "1"}


def test_set_user_id_makes_root_again(snippet, measured):
    """User 65534 of a container has no capability in effect, yet a set-user-ID program of the
    image makes it root, since its bounding set still holds the 14."""
    measured["printed"] = snippet("set-user-id.sh").out.splitlines()

    assert "CapEff: 0000000000000000" in measured["printed"]
    assert "CapBnd: 00000000a80425fb" in measured["printed"]
    assert measured["printed"][-1] == "id: 0"


def test_no_new_privileges_disarms_it(snippet, measured):
    """With `--security-opt no-new-privileges` the same program leaves it user 65534."""
    options = ["--security-opt", "no-new-privileges"]
    measured["printed"] = snippet("set-user-id.sh", *options).out.splitlines()

    assert "NoNewPrivs: 1" in measured["printed"]
    assert measured["printed"][-1] == "id: 65534"


@pytest.mark.holds(since="28.0")
def test_interrupts_are_masked_too(engine, snippet, measured):
    """`/proc/interrupts`, which tells of the load on the host, is masked as well: empty in a
    container, and not on the host."""
    measured["empty on the host"] = engine.run("wc -l </proc/interrupts").out == "0"
    measured["empty"] = look(snippet)["lines in /proc/interrupts"] == "0"

    assert not measured["empty on the host"]
    assert measured["empty"]


@pytest.mark.host
def test_privileged_lifts_it_all(engine, snippet, measured):
    """`--privileged` gives all capabilities that the daemon has, no seccomp filter, nothing masked,
    `/proc/sys`, `mount`, and the host's `kmsg` and `loop-control`; by default each is withheld."""
    daemons = engine.run("awk '/^CapEff:/ { print $2 }' /proc/$(pidof dockerd)/status").out
    if engine.line == "20.10" and not int(daemons, 16) & 1 << CAP_SYS_RESOURCE:
        pytest.skip("the lab's machine lacks CAP_SYS_RESOURCE, which 20.10 insists on giving")
    there = engine.run("ls /dev | grep -c -x -e kmsg -e loop-control", check=False).out
    for name, options in {"default": [], "privileged": ["--privileged"]}.items():
        seen = look(snippet, *options)
        measured[name] = {
            "all of the daemon's capabilities": seen["CapEff"] == daemons,
            "seccomp mode": seen["Seccomp"],
            "mounts that mask": seen["mounts that mask"] != "0",
            "masked /proc/timer_list": seen["lines in /proc/timer_list"] == "0",
            "writes to /proc/sys": seen["writing to /proc/sys"] == "done",
            "mounts": seen["mount"] == "done",
            "host's devices": seen["devices of the host"] == there,
        }

    assert there == "2"
    assert list(measured["default"].values()) == [False, "2", True, True, False, False, False]
    assert list(measured["privileged"].values()) == [True, "0", False, False, True, True, True]


def test_read_only_socket_is_root(snippet, measured):
    """Mounted `:ro`, Docker's socket still takes orders: user 65534 of a container starts another
    through it and makes a root-owned file on the host."""
    mount, user, made = snippet("socket.sh").out.splitlines()
    measured["mount options of the socket"] = mount.split()[3].split(",")
    measured["printed"] = [user, made]

    assert "ro" in measured["mount options of the socket"]
    assert measured["printed"] == ["65534", MADE]


def test_docker_group_is_root(snippet, measured):
    """A host user without any rights but the group `docker` makes a root-owned file on the host."""
    measured["printed"] = snippet("group.sh", "docker").out

    assert measured["printed"] == MADE


def test_without_the_group_it_is_not(snippet, measured):
    """In the group `nogroup` instead, the same user is refused, and no file is made."""
    refused = snippet("group.sh", "nogroup", check=False)
    measured["exit code"] = refused.code

    assert refused.code == 1
    assert "permission denied" in refused.stderr
    assert refused.out == ""


def test_rootless_root_is_a_plain_user(engine, snippet, measured):
    """In a container of a rootless daemon, root is the plain user who runs the daemon: even with
    `--privileged` and the host's `/` mounted it may not write there nor make a device file, and a
    file it makes in the user's home belongs to the user."""
    if engine.line != "26.1":
        pytest.skip("installing RootlessKit takes too long to do it on more engines than one")
    started = snippet("rootless.sh", check=False)
    measured["rootless"] = "rootless" in started.out
    ran = snippet("rootless-run.sh", check=False)
    measured["printed"] = ran.out.splitlines()
    refused = [line.partition(":")[0] for line in ran.stderr.splitlines() if DENIED.search(line)]
    measured["refused"] = refused

    assert measured["rootless"]
    assert measured["printed"] == [
        "user in the container: 0",
        "on the host, user faq-rootless made /home/faq-rootless/file",
    ]
    assert measured["refused"] == ["touch", "mknod"]


def test_port_80_needs_no_root(snippet, measured):
    """User 65534 without a single capability serves port 80, as a container's network starts with
    `ip_unprivileged_port_start` at 0."""
    measured["printed"] = snippet("port.sh").out.splitlines()

    assert measured["printed"] == [
        "ip_unprivileged_port_start: 0",
        "CapEff: 0000000000000000",
        "port 80: served",
    ]


def test_port_80_is_refused_at_the_kernels_own_value(snippet, measured):
    """With `--sysctl net.ipv4.ip_unprivileged_port_start=1024`, the kernel's own default, it may
    not."""
    option = ["--sysctl", "net.ipv4.ip_unprivileged_port_start=1024"]
    refused = snippet("port.sh", *option, check=False)
    measured["printed"] = refused.out.splitlines()

    assert measured["printed"] == [
        "ip_unprivileged_port_start: 1024",
        "CapEff: 0000000000000000",
    ]
    assert refused.code == 1
    assert "Permission denied" in refused.stderr
