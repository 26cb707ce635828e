"""Is root in the container root on the host?"""

import pytest

REMAPPED = {"DOCKER_HOST": "unix:///run/faq-remap/docker.sock"}
REFUSED = "Operation not permitted"


def answers(result):
    """The `question: answer` lines of a snippet."""
    lines = (line.partition(":") for line in result.out.splitlines())
    return {question: " ".join(answer.split()) for question, _, answer in lines}


@pytest.fixture
def remap(engine, snippet):
    """Start the remapped daemon, on the image store that the engine has."""

    def start():
        containerd = engine.info.image_store == "containerd"
        options = ["--feature", "containerd-snapshotter=true"] if containerd else []
        return snippet("remap.sh", *options)

    return start


def test_root_is_user_0_of_the_host(engine, snippet, measured):
    """Root in a container is user 0 of the host: its `uid_map` maps every user to itself
    (`0 0 4294967295`), and it is in the user namespace of the daemon."""
    measured.update(answers(snippet("root.sh")))
    namespaces = engine.run(
        "readlink /proc/$(pidof dockerd)/ns/user;"
        "readlink /proc/$(docker inspect --format '{{.State.Pid}}' faq-root)/ns/user",
    ).out.split()
    measured["same user namespace"] = namespaces[0] == namespaces[1]

    assert measured["user in the container"] == "0"
    assert measured["user on the host"] == "0"
    assert measured["uid_map"] == "0 0 4294967295"
    assert measured["same user namespace"]


def test_mount_gives_roots_files(snippet, measured):
    """Through a bind mount, root in a container reads a host file that only root may read, and
    the file it makes there belongs to root on the host."""
    measured.update(answers(snippet("root.sh")))

    assert measured["host file of mode 600"] == "only root may read this"
    assert measured["owner of the new file on the host"] == "0"


def test_user_option_is_another_user_on_the_host_too(snippet, measured):
    """With `--user 65534` the process is user 65534 on the host as well: it may not read that
    file, and what it makes belongs to 65534."""
    measured.update(answers(snippet("root.sh", "--user", "65534")))

    assert measured["user in the container"] == "65534"
    assert measured["user on the host"] == "65534"
    assert "Permission denied" in measured["host file of mode 600"]
    assert measured["owner of the new file on the host"] == "65534"


def test_kernel_refuses_roots_powers(snippet, measured):
    """The same root may not mount a file system, unload a module, read the kernel's log or set
    the clock."""
    measured.update(answers(snippet("powers.sh")))

    assert "permission denied" in measured["mount"]
    assert [REFUSED in measured[word] for word in ("rmmod", "dmesg", "date")] == [True] * 3


def test_added_capabilities_give_them_back(snippet, measured):
    """With `--cap-add SYS_ADMIN`, `SYS_MODULE` and `SYSLOG` it mounts, reads the log and is heard
    about the module; the clock, for which it got nothing, stays refused."""
    options = [f"--cap-add={name}" for name in ("SYS_ADMIN", "SYS_MODULE", "SYSLOG")]
    measured.update(answers(snippet("powers.sh", *options)))

    assert measured["mount"] == "done"
    assert measured["dmesg"] == "done"
    assert REFUSED not in measured["rmmod"]
    assert REFUSED in measured["date"]


def test_seccomp_refuses_what_needs_no_capability(snippet, measured):
    """Without any capability, `unshare -U` is refused under the default seccomp profile (mode 2)
    and works with `seccomp=unconfined` (mode 0)."""
    default = snippet("seccomp.sh", check=False)
    unconfined = snippet("seccomp.sh", "--security-opt", "seccomp=unconfined")
    measured["default"] = answers(default)
    measured["unconfined"] = answers(unconfined)

    assert measured["default"] == {"CapEff": "0" * 16, "Seccomp": "2"}
    assert default.code == 1
    assert REFUSED in default.stderr
    assert measured["unconfined"] == {"CapEff": "0" * 16, "Seccomp": "0", "unshare": "done"}


def test_remapped_root_is_nobody_special(remap, snippet, measured):
    """Under a daemon with `--userns-remap`, root in a container is user 100000 on the host: it may
    not read the host's file, and what it makes belongs to user 100000."""
    remap()
    measured.update(answers(snippet("root.sh", env=REMAPPED)))

    assert measured["user in the container"] == "0"
    assert measured["user on the host"] == "100000"
    assert measured["uid_map"] == "0 100000 65536"
    assert "Permission denied" in measured["host file of mode 600"]
    assert measured["owner of the new file on the host"] == "100000"


def test_one_container_can_leave_the_remapping(remap, snippet, measured):
    """On that daemon too, whoever may start containers gets user 0 of the host back, and the
    host's file with it: with `--userns host`."""
    remap()
    measured.update(answers(snippet("root.sh", "--userns", "host", env=REMAPPED)))

    assert measured["user on the host"] == "0"
    assert measured["uid_map"] == "0 0 4294967295"
    assert measured["host file of mode 600"] == "only root may read this"


@pytest.mark.holds(store="containerd")
def test_buildkit_breaks_where_remapping_meets_the_containerd_store(remap, snippet, measured):
    """On the containerd image store, that daemon runs a remapped container too, and the legacy
    builder a `RUN`, but with BuildKit each `RUN` fails: *permission denied*."""
    measured["containerd store"] = "io.containerd.snapshotter.v1" in remap().out
    measured["user on the host"] = answers(snippet("root.sh", env=REMAPPED))["user on the host"]
    builds = {
        builder: snippet("build.sh", env=REMAPPED | {"DOCKER_BUILDKIT": switch}, check=False)
        for builder, switch in {"legacy": "0", "BuildKit": "1"}.items()
    }
    measured["built"] = [builder for builder, build in builds.items() if build.code == 0]

    assert measured["user on the host"] == "100000"
    assert measured["built"] == ["legacy"]
    assert "permission denied" in builds["BuildKit"].text
    assert measured["containerd store"]


def test_user_namespaces_are_off_by_default(engine, measured):
    """The engine as it was installed lists `seccomp` among its security options and no
    `userns`."""
    measured["security options"] = sorted(
        option.partition(",")[0] for option in engine.info.security_options
    )

    assert "seccomp" in measured["security options"]
    assert "userns" not in measured["security options"]
