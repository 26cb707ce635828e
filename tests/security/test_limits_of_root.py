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
NONE = "0000000000000000"
FOURTEEN = "00000000a80425fb"
DENIED = re.compile("Permission denied|Operation not permitted")
MADE = "on the host, user 0 made /faq-made-by-container"
TRIED = [
    "mount a file system",
    "write to /proc/sys",
    "read kernel timers",
    "open a block device",
    "create a user namespace",
]
OPENS = {
    "--cap-add SYS_ADMIN": ["mount a file system", "create a user namespace"],
    "--security-opt systempaths=unconfined": ["write to /proc/sys", "read kernel timers"],
    "--device-cgroup-rule b 7:* r": ["open a block device"],
    "--security-opt seccomp=unconfined": ["create a user namespace"],
}


def capabilities(result):
    """The names that `capsh` gives to a container's effective capabilities."""
    names = result.out.partition("\n")[0].partition("=")[2]
    return [name.removeprefix("cap_") for name in names.split(",") if name]


def answers(result):
    """The `question: answer` lines that a snippet prints."""
    lines = (line.partition(":") for line in result.out.splitlines())
    return {question: answer.strip() for question, _, answer in lines}


@pytest.fixture
def my_image(snippet):
    """Build the image whose program shows what it may do."""
    snippet("build.sh")


@pytest.mark.usefixtures("my_image")
def test_few_rights_are_enough(snippet, measured):
    """With the options of `fix.sh` a program has no capability, not even through a set-user-ID
    program; it cannot write to `/` but can write to `/tmp` and `/dev/shm`."""
    measured["printed"] = snippet("fix.sh").out.splitlines()

    assert measured["printed"] == [
        f"CapEff: {NONE}",
        f"CapBnd: {NONE}",
        "NoNewPrivs: 1",
        "Seccomp: 2",
        "user: 65534",
        "set-user-ID program: 65534",
        "cannot write to /",
        "writes to /tmp",
        "writes to /dev/shm",
    ]


@pytest.mark.usefixtures("my_image")
def test_one_capability_is_not_all(snippet, measured):
    """With `--cap-drop ALL --cap-add NET_ADMIN` root has that capability alone, and the seccomp
    filter stays on."""
    seen = answers(snippet("fix-capability.sh"))
    measured["rights"] = [seen.get(name) for name in ("CapEff", "CapBnd", "Seccomp")]

    assert measured["rights"] == ["0000000000001000", "0000000000001000", "2"]


def test_default_withholds_what_root_has(snippet, measured):
    """Root on the host mounts a file system, writes to `/proc/sys`, reads kernel timers, opens a
    block device and creates a user namespace; a default container refuses root all five."""
    measured["on the host"] = answers(snippet("fences.sh"))
    measured["in a container"] = answers(snippet("in-container.sh"))

    assert measured["on the host"] == dict.fromkeys(TRIED, "done")
    assert measured["in a container"] == dict.fromkeys(TRIED, "refused")


@pytest.mark.host
def test_each_fence_has_its_key(engine, snippet, measured):
    """`SYS_ADMIN` allows the mount and the user namespace, `systempaths=unconfined` both in
    `/proc`, a `--device-cgroup-rule` the device, `seccomp=unconfined` the user namespace; each
    allows nothing else that was tried."""
    if any("apparmor" in option for option in engine.info.security_options):
        pytest.skip("AppArmor's profile docker-default is one limit more")
    for option in OPENS:
        tried = answers(snippet("in-container.sh", *option.split(" ", 1)))
        measured[option] = [name for name in TRIED if tried.get(name) == "done"]

    assert measured == OPENS


def test_root_has_fourteen_capabilities(snippet, measured):
    """Root in a container has 14 of the kernel's 41 capabilities: `chown`, `dac_override`,
    `fowner`, `fsetid`, `kill`, `setgid`, `setuid`, `setpcap`, `net_bind_service`, `net_raw`,
    `sys_chroot`, `mknod`, `audit_write` and `setfcap`."""
    shown = snippet("capabilities.sh")
    measured["capabilities"] = capabilities(shown)
    measured["last capability of the kernel"] = shown.out.rpartition(" ")[2]

    assert measured["capabilities"] == DEFAULT
    assert measured["last capability of the kernel"] == "40"


def test_capabilities_can_be_chosen(snippet, measured):
    """`--cap-drop ALL` leaves root without a capability; `--cap-add SYS_TIME` after it gives that
    one only."""
    dropped = snippet("capabilities.sh", "--cap-drop=ALL")
    measured["dropped"] = capabilities(dropped)
    added = snippet("capabilities.sh", "--cap-drop=ALL", "--cap-add=SYS_TIME")
    measured["one added"] = capabilities(added)

    assert dropped.out.startswith(f"0x{NONE}=")
    assert measured["dropped"] == []
    assert measured["one added"] == ["sys_time"]


def test_seccomp_is_on_and_no_new_privileges_is_not(snippet, measured):
    """By default seccomp filters system calls (mode 2) and `no_new_privs` is off; `--security-opt`
    changes each of them independently."""
    for option in ("", "seccomp=unconfined", "no-new-privileges"):
        seen = snippet("look.sh", *(["--security-opt", option] if option else []))
        measured[option or "default"] = answers(seen)

    assert measured == {
        "default": {"NoNewPrivs": "0", "Seccomp": "2"},
        "seccomp=unconfined": {"NoNewPrivs": "0", "Seccomp": "0"},
        "no-new-privileges": {"NoNewPrivs": "1", "Seccomp": "2"},
    }


@pytest.mark.usefixtures("my_image")
def test_set_user_id_makes_root_again(snippet, measured):
    """User 65534 of a container has no effective capability, yet a set-user-ID program of the image
    runs as root; the bounding set still holds the default 14."""
    seen = answers(snippet("set-user-id.sh"))
    keys = ["CapEff", "CapBnd", "user", "set-user-ID program"]
    measured["rights"] = [seen.get(key) for key in keys]

    assert measured["rights"] == [NONE, FOURTEEN, "65534", "0"]


@pytest.mark.usefixtures("my_image")
def test_no_new_privileges_disarms_it(snippet, measured):
    """With `--security-opt no-new-privileges` that set-user-ID program runs as user 65534."""
    seen = answers(snippet("set-user-id.sh", "--security-opt", "no-new-privileges"))
    measured["rights"] = [seen.get(key) for key in ("NoNewPrivs", "user", "set-user-ID program")]

    assert measured["rights"] == ["1", "65534", "65534"]


@pytest.mark.holds(since="28.0")
def test_interrupts_are_masked_too(snippet, measured):
    """`/proc/interrupts` is masked: readable on the host, and empty in a container."""
    host, _, inside = snippet("masked.sh").out.partition("In a container:")
    measured["on the host"] = "interrupts: readable" in host
    measured["empty in a container"] = "interrupts: empty" in inside

    assert measured["on the host"]
    assert measured["empty in a container"]


PRIVILEGED = {
    "CapEff": "that of dockerd",
    "Seccomp": "0",
    "masked or read-only paths": "0",
    "write to /proc/sys": "done",
    "mount": "done",
    "devices of the host that are missing": "0",
}


@pytest.mark.host
def test_privileged_lifts_it_all(engine, snippet, measured):
    """`--privileged` gives all capabilities of the daemon, the devices of the host, no seccomp
    filter, no masked path, a writable `/proc/sys` and `mount`; by default each is withheld."""
    given = privileged(snippet("privileged.sh"))
    if engine.line == "20.10" and not int(given["daemon"], 16) & 1 << CAP_SYS_RESOURCE:
        pytest.skip("the lab's machine lacks CAP_SYS_RESOURCE, which 20.10 insists on giving")
    measured["default"] = given["rights"]
    measured["privileged"] = privileged(snippet("privileged.sh", "--privileged"))["rights"]
    for case, options in {"default": [], "privileged": ["--privileged"]}.items():
        tried = answers(snippet("in-container.sh", *options))
        measured[f"{case}: open a block device"] = tried.get("open a block device")

    assert measured["privileged"] == PRIVILEGED
    assert measured["default"]["CapEff"] == FOURTEEN
    assert measured["default"]["Seccomp"] == "2"
    assert measured["default"]["masked or read-only paths"] not in {"0", ""}
    assert "Read-only file system" in measured["default"]["write to /proc/sys"]
    assert "permission denied" in measured["default"]["mount"]
    assert measured["default"]["devices of the host that are missing"] not in {"0", ""}
    assert measured["default: open a block device"] == "refused"
    assert measured["privileged: open a block device"] == "done"


def privileged(result):
    """The answers of privileged.sh; the daemon's own capabilities by that name."""
    seen = answers(result)
    daemon = seen.get("CapEff of dockerd") or "0"
    rights = {key: seen.get(key, "") for key in PRIVILEGED}
    if rights["CapEff"] == daemon:
        rights["CapEff"] = "that of dockerd"
    return {"daemon": daemon, "rights": rights}


def test_read_only_socket_is_root(snippet, measured):
    """Through Docker's socket, mounted `:ro`, user 65534 in the socket's group starts another
    container, which creates a file of root on the host; in another group it is refused."""
    refused = snippet("socket.sh", "65534", check=False)
    measured["in another group"] = "permission denied" in refused.stderr
    printed = snippet("socket.sh").out.splitlines()
    measured["mount options of the socket"] = printed[0].split(" ")[-3:-2]
    measured["printed"] = printed[1:]

    assert measured["in another group"]
    assert MADE not in refused.out
    assert "ro" in "".join(measured["mount options of the socket"]).split(",")
    assert measured["printed"] == ["65534", MADE]


def test_docker_group_is_root(snippet, measured):
    """A host user whose only privilege is the `docker` group creates a root-owned file on the
    host."""
    measured["printed"] = snippet("group.sh", "docker").out

    assert measured["printed"] == MADE


def test_without_the_group_it_is_not(snippet, measured):
    """In the group `nogroup` instead of `docker`, that user is refused, and no file is made."""
    refused = snippet("group.sh", "nogroup", check=False)
    measured["exit code"] = refused.code

    assert measured["exit code"] == 1
    assert "permission denied" in refused.stderr
    assert refused.out == ""


def test_rootless_root_is_a_plain_user(snippet, measured):
    """Under a rootless daemon, root in a container is the daemon's user: even `--privileged` cannot
    write to the host's `/` or create a device; its files belong to that user."""
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
    """User 65534 without any capability serves port 80 in a container, where
    `ip_unprivileged_port_start` is 0."""
    measured["printed"] = snippet("port.sh").out.splitlines()

    assert measured["printed"] == [
        "ip_unprivileged_port_start: 0",
        f"CapEff: {NONE}",
        "port 80: served",
    ]


def test_port_80_is_refused_at_the_kernels_own_value(snippet, measured):
    """With `--sysctl net.ipv4.ip_unprivileged_port_start=1024`, that user cannot listen on port
    80."""
    option = ["--sysctl", "net.ipv4.ip_unprivileged_port_start=1024"]
    refused = snippet("port.sh", *option, check=False)
    measured["printed"] = refused.out.splitlines()

    assert measured["printed"] == ["ip_unprivileged_port_start: 1024", f"CapEff: {NONE}"]
    assert refused.code == 1
    assert "Permission denied" in refused.stderr
