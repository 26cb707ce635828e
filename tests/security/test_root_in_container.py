"""Is root in the container root on the host?"""

import re

import pytest

REMAPPED = {"DOCKER_HOST": "unix:///run/faq-remap/docker.sock"}
REFUSED = "Operation not permitted"
KERNEL_ANSWERED = re.compile("Function not implemented|No such file or directory")
ROOTS_FILE = "only root may read this"
USERS_FILE = "only user 1000 may read this"
MADE_BY = "owner of the new file on the host"
POWERS = ["mount", "rmmod", "dmesg", "date"]
ALL_USERS = "0 0 4294967295"


def answers(result):
    """The `question: answer` lines of a snippet."""
    lines = (line.partition(":") for line in result.out.splitlines())
    return {question: " ".join(answer.split()) for question, _, answer in lines}


def security_options(result):
    """The names of the security options that options.sh prints."""
    return re.findall(r"^name=(\w+)", result.out, re.MULTILINE)


def powers(snippet, *options):
    """What powers.sh prints for each of its commands."""
    seen = answers(snippet("powers.sh", *options))
    return {command: seen.get(command) or "nothing" for command in POWERS}


@pytest.fixture
def remap(engine, snippet):
    """Start the remapped daemon, on the image store that the engine has."""

    def start():
        containerd = engine.info.image_store == "containerd"
        options = ["--feature", "containerd-snapshotter=true"] if containerd else []
        return snippet("remap.sh", *options)

    return start


@pytest.fixture
def look(snippet, measured):
    """Run root.sh and measure some of its answers."""

    def run(*options, keys, env=None):
        seen = answers(snippet("root.sh", *options, env=env))
        measured.update({key: seen.get(key, "nothing") for key in keys})

    return run


def test_image_with_user_runs_as_that_user(snippet, measured):
    """An image with `USER app` runs as that user, without an effective capability; it can write to
    the directory that the Dockerfile gave to `app`."""
    measured["printed"] = snippet("user.sh").out.splitlines()

    assert measured["printed"] == [
        "uid=10001(app) gid=10001(app) groups=10001(app)",
        "writes to /data",
        "CapEff:\t0000000000000000",
    ]


def test_user_option_overrides_user(snippet, measured):
    """`--user` overrides the `USER` of the image: with `--user 0` its program is root again."""
    measured["user"] = snippet("user.sh", "--user", "0").out.splitlines()[0]

    assert measured["user"] == "uid=0(root) gid=0(root) groups=0(root)"


def test_files_of_a_container_belong_to_root(snippet, measured):
    """Without `--user`, a directory that a container makes in a bind mount, and the file in it,
    belong to root; the user who started it cannot delete the file."""
    run = snippet("as-user.sh", "as-root.sh", check=False)
    measured["printed"] = run.out.splitlines()

    assert measured["printed"] == ["out/file belongs to 0:0"]
    assert "rm: cannot remove 'out/file': Permission denied" in run.stderr


def test_files_belong_to_the_user_given(snippet, measured):
    """With `--user "$(id -u):$(id -g)"` the files belong to the user who started the container, who
    can delete them."""
    measured["printed"] = snippet("as-user.sh", "fix.sh").out.splitlines()

    assert measured["printed"] == ["out/file belongs to 1000:1000", "rm: done"]


def test_root_is_user_0_of_the_host(look, measured):
    """By default, root in a container is user 0 of the host: it is in the host's user namespace,
    where every user is mapped to itself."""
    look(keys=["user in the container", "user on the host", "user namespace", "uid_map"])

    assert measured["user in the container"] == "0"
    assert measured["user on the host"] == "0"
    assert measured["user namespace"] == "the host's"
    assert measured["uid_map"] == ALL_USERS


def test_mount_gives_roots_files(look, measured):
    """Through a bind mount, root in a container reads a host file that only root may read; a file
    that it creates there belongs to root on the host."""
    look(keys=["root's file", MADE_BY])

    assert measured["root's file"] == ROOTS_FILE
    assert measured[MADE_BY] == "0"


def test_mount_gives_files_of_other_users(look, snippet, measured):
    """Through a bind mount, root in a container also reads a file of mode 600 of another user; with
    `--cap-drop DAC_OVERRIDE` it may not."""
    look(keys=["file of user 1000"])
    snippet("clean.sh", check=False)
    dropped = answers(snippet("root.sh", "--cap-drop", "DAC_OVERRIDE"))
    measured["without DAC_OVERRIDE"] = dropped.get("file of user 1000", "nothing")

    assert measured["file of user 1000"] == USERS_FILE
    assert "Permission denied" in measured["without DAC_OVERRIDE"]


def test_read_only_mount_refuses_root(snippet, measured):
    """Root in a container writes to a bind mount; with `:ro` it can only read it."""
    measured["mounted"] = answers(snippet("read-only.sh", "share:/share"))
    measured["read-only"] = answers(snippet("read-only.sh", "share:/share:ro"))

    assert measured["mounted"] == {"read": "a file of the host", "write": "done"}
    assert measured["read-only"] == {
        "read": "a file of the host",
        "write": "sh: can't create /share/file: Read-only file system",
    }


def test_user_option_is_another_user_on_the_host_too(look, measured):
    """With `--user 65534` the process is user 65534 on the host as well: it cannot read root's
    file, and a file that it creates belongs to 65534."""
    keys = ["user in the container", "user on the host", "root's file", MADE_BY]
    look("--user", "65534", keys=keys)

    assert measured["user in the container"] == "65534"
    assert measured["user on the host"] == "65534"
    assert "Permission denied" in measured["root's file"]
    assert measured[MADE_BY] == "65534"


def test_kernel_refuses_roots_powers(snippet, measured):
    """By default root in a container may not mount a file system, unload a kernel module, read the
    kernel's log or set the clock."""
    measured.update(powers(snippet))

    assert "permission denied" in measured["mount"]
    assert REFUSED in measured["rmmod"]
    assert REFUSED in measured["dmesg"]
    assert REFUSED in measured["date"]


@pytest.mark.host
def test_added_capabilities_give_them_back(engine, snippet, measured):
    """With `SYS_ADMIN`, `SYS_MODULE` and `SYSLOG` added, root mounts a file system and reads the
    kernel's log, and the module request reaches the kernel; setting the clock still fails."""
    if any("apparmor" in option for option in engine.info.security_options):
        pytest.skip("AppArmor's profile docker-default refuses the mount as well")
    options = [f"--cap-add={name}" for name in ("SYS_ADMIN", "SYS_MODULE", "SYSLOG")]
    measured.update(powers(snippet, *options))

    assert measured["mount"] == "done"
    assert measured["dmesg"] == "done"
    assert KERNEL_ANSWERED.search(measured["rmmod"])
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


@pytest.mark.applies(store="classic")
@pytest.mark.applies(until="29.0", store="containerd")
def test_user_namespaces_are_off_by_default(snippet, remap, measured):
    """`docker info` lists `seccomp` and not `userns` among the security options of the daemon as
    installed, and both for a daemon with `--userns-remap`."""
    remap()
    for name, env in {"as installed": None, "remapped": REMAPPED}.items():
        options = security_options(snippet("options.sh", env=env))
        measured[name] = [option for option in ("seccomp", "userns") if option in options]

    assert measured["as installed"] == ["seccomp"]
    assert measured["remapped"] == ["seccomp", "userns"]


@pytest.mark.applies(store="classic")
@pytest.mark.applies(until="29.0", store="containerd")
def test_remapped_root_is_nobody_special(remap, look, measured):
    """Under a daemon with `--userns-remap`, root in a container is user 100000 on the host: it
    cannot read root's file, and a file that it creates belongs to user 100000."""
    remap()
    keys = ["user in the container", "user on the host", "uid_map", "root's file", MADE_BY]
    look(keys=[*keys, "user namespace"], env=REMAPPED)

    assert measured["user in the container"] == "0"
    assert measured["user on the host"] == "100000"
    assert measured["user namespace"] == "its own"
    assert measured["uid_map"] == "0 100000 65536"
    assert "Permission denied" in measured["root's file"]
    assert measured[MADE_BY] == "100000"


@pytest.mark.applies(store="classic")
@pytest.mark.applies(until="29.0", store="containerd")
def test_one_container_can_leave_the_remapping(remap, look, measured):
    """With `--userns host`, a container of a daemon with `--userns-remap` runs as user 0 of the
    host again and reads root's file."""
    remap()
    keys = ["user on the host", "uid_map", "root's file"]
    look("--userns", "host", keys=keys, env=REMAPPED)

    assert measured["user on the host"] == "0"
    assert measured["uid_map"] == ALL_USERS
    assert measured["root's file"] == ROOTS_FILE


@pytest.fixture
def build_remapped(remap, snippet):
    """Build with both builders on the remapped daemon, and start a container there."""

    def run():
        remap()
        user = answers(snippet("root.sh", env=REMAPPED)).get("user on the host", "nobody")
        switches = {"legacy": "0", "BuildKit": "1"}
        builds = {
            builder: snippet("build.sh", env=REMAPPED | {"DOCKER_BUILDKIT": switch}, check=False)
            for builder, switch in switches.items()
        }
        return user, builds

    return run


@pytest.mark.applies(until="29.0", store="containerd")
def test_buildkit_breaks_where_remapping_meets_the_containerd_store(build_remapped, measured):
    """With the containerd image store, a daemon with `--userns-remap` runs a remapped container,
    and the legacy builder runs a `RUN`; with BuildKit it fails with *permission denied*."""
    measured["user on the host"], builds = build_remapped()
    measured["built"] = [builder for builder, build in builds.items() if build.code == 0]

    assert measured["user on the host"] == "100000"
    assert measured["built"] == ["legacy"]
    assert "permission denied" in builds["BuildKit"].text


@pytest.mark.applies(store="classic")
def test_both_builders_build_remapped_on_the_classic_store(engine, build_remapped, measured):
    """With the classic image store, a daemon with `--userns-remap` runs a remapped container, and
    both builders run a `RUN`."""
    measured["user on the host"], builds = build_remapped()
    measured["built"] = [builder for builder, build in builds.items() if build.code == 0]

    assert measured["user on the host"] == "100000"
    assert measured["built"] == ["legacy", "BuildKit"]
