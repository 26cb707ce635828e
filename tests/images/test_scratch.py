"""What is scratch, and how do I debug a container that has no shell?"""

import pytest

BUILDERS = {"legacy": "0", "BuildKit": "1"}
MISSING = "no such file or directory"
PROCESSES = ["--pid", "container:faq-scratch"]
NETWORK = ["--network", "container:faq-scratch"]
JOINED = [*PROCESSES, *NETWORK]
ROOT = ["dev", "etc", "httpd", "proc", "sys"]
FIX_ROOT = ["dev", "etc", "httpd", "proc", "site", "sys"]
USER = "Uid: 65534 65534 65534 65534"
SERVER = "1 /httpd -f -p 8080 -h /"


@pytest.fixture
def server(snippet):
    """Start the web server of this page from an image that holds nothing else."""
    snippet("build.sh", "httpd")
    snippet("serve.sh")


def builds(snippet, name):
    """A build's exit code, and whether it misses /bin/sh, by builder."""
    results = {
        builder: snippet("build.sh", name, env={"DOCKER_BUILDKIT": switch}, check=False)
        for builder, switch in BUILDERS.items()
    }
    return {
        builder: [result.code, f"stat /bin/sh: {MISSING}" in result.text]
        for builder, result in results.items()
    }


def looked(result):
    """What debug.sh saw, with every run of spaces made one."""
    return [" ".join(line.split()) for line in result.out.splitlines()]


def test_debug_shell_joins(snippet, measured):
    """In the shell of `fix.sh`, process 1 is the server of user 65534, `/proc/1/root` holds its
    files, and `localhost:8080` answers."""
    snippet("start-fix.sh")
    lines = [" ".join(line.split()) for line in snippet("type.sh").out.splitlines()]
    measured["processes"] = lines[:3]
    measured["user, files, answer"] = lines[-8:]

    assert measured["processes"] == ["COMMAND", "/httpd -f -p 8080 -h /site", "sh"]
    assert measured["user, files, answer"] == [
        USER,
        "dev",
        "etc",
        "httpd",
        "proc",
        "site",
        "sys",
        "hello",
    ]


def test_scratch_is_only_a_name(snippet, measured):
    """`docker pull` and `docker run` refuse `scratch`, a reserved name (exit codes 1 and 125); both
    take `busybox:stable`."""
    commands = ("pull.sh", "run-image.sh")
    scratch = [snippet(name, "scratch", check=False) for name in commands]
    busybox = [snippet(name, "busybox:stable", check=False) for name in commands]
    measured["scratch: exit codes"] = [result.code for result in scratch]
    measured["busybox:stable: exit codes"] = [result.code for result in busybox]

    assert measured["scratch: exit codes"] == [1, 125]
    assert all("'scratch' is a reserved name" in result.stderr for result in scratch)
    assert measured["busybox:stable: exit codes"] == [0, 0]


def test_scratch_has_no_layer(snippet, measured):
    """With both builders, an image `FROM scratch` with only a label has no layer."""
    for builder, switch in BUILDERS.items():
        snippet("build.sh", "empty", env={"DOCKER_BUILDKIT": switch})
        measured[builder] = int(snippet("layers.sh", "faq-empty").out)
    measured["busybox:stable"] = int(snippet("layers.sh", "busybox:stable").out)

    assert measured == {"legacy": 0, "BuildKit": 0, "busybox:stable": 1}


def test_image_holds_what_was_copied_only(snippet, measured):
    """One `COPY` onto `scratch` makes an image with one layer and one file; `busybox:stable`, the
    source of the file, holds over 100 programs."""
    snippet("build.sh", "httpd")
    measured["contents"] = snippet("contents.sh", "faq-httpd").out.split()
    names = snippet("contents.sh", "busybox:stable").out.splitlines()
    programs = [name for name in names if name.startswith("bin/") and name != "bin/"]
    measured["busybox has over 100 programs"] = len(programs) > 100

    assert measured["contents"] == ["layer:", "httpd"]
    assert measured["busybox has over 100 programs"]


def test_engine_adds_files_at_run_time(server, snippet, measured):
    """The running container also has `/etc/hosts`, `/etc/hostname` and `/etc/resolv.conf`, `/dev`
    with `null` and `urandom`, `/proc` and `/sys`, but not `/bin`, `/lib`, `/tmp` or
    `/etc/passwd`."""
    *paths, measured["hostname"] = snippet("files.sh").out.splitlines()
    measured["paths"] = sorted(path.removeprefix("./") for path in paths)

    assert measured["paths"] == sorted(
        [*ROOT, "dev/null", "dev/urandom", "proc/1", "sys/kernel"]
        + [f"etc/{name}" for name in ("hostname", "hosts", "mtab", "resolv.conf")],
    )
    assert measured["hostname"] == "faq"


def test_dynamic_program_is_not_found(snippet, measured):
    """A dynamically linked program without its loader fails with *no such file or directory*,
    although the program is in the image; with its loader and C library, it runs."""
    snippet("build.sh", "dynamic")
    measured["in the image"] = snippet("contents.sh", "faq-dynamic").out.split()
    alone = snippet("run.sh", "dynamic", check=False)
    snippet("build.sh", "dynamic-fixed")
    fixed = snippet("run.sh", "dynamic-fixed", check=False)
    measured["exit codes"] = {"alone": alone.code, "with loader and library": fixed.code}

    assert measured["in the image"] == ["layer:", "true"]
    assert alone.code != 0
    assert f"/true: {MISSING}" in alone.text
    assert fixed.code == 0


def test_loader_names_the_missing_library(snippet, measured):
    """With its loader but without the C library, the same program fails with exit code 127 and a
    message that names `libc.so.6`."""
    snippet("build.sh", "loader-only")
    ended = snippet("run.sh", "loader-only", check=False)
    measured["exit code"] = ended.code
    measured["says"] = ended.stderr.strip()

    assert measured["exit code"] == 127
    assert "error while loading shared libraries: libc.so.6" in measured["says"]


def test_run_in_shell_form_fails(snippet, measured):
    """With both builders, a `RUN` in shell form fails on `scratch` because there is no `/bin/sh`;
    the same `RUN` in exec form works."""
    measured["shell form: exit code, misses /bin/sh"] = builds(snippet, "shell-run")
    measured["exec form: exit code, misses /bin/sh"] = builds(snippet, "exec-run")

    shell, exec_form = measured.values()
    assert shell == {"legacy": [1, True], "BuildKit": [1, True]}
    assert exec_form == {"legacy": [0, False], "BuildKit": [0, False]}


def test_cmd_in_shell_form_fails(snippet, measured):
    """A `CMD` in shell form builds, but its container fails to start (exit code 127) because there
    is no `/bin/sh`; in exec form it runs."""
    ended = {}
    for form in ("shell-cmd", "exec-cmd"):
        snippet("build.sh", form)
        ended[form] = snippet("run.sh", form, check=False)
    measured["exit codes"] = {form: result.code for form, result in ended.items()}

    assert measured["exit codes"] == {"shell-cmd": 127, "exec-cmd": 0}
    assert f"stat /bin/sh: {MISSING}" in ended["shell-cmd"].stderr


def test_exec_finds_no_shell(server, snippet, measured):
    """`docker exec … sh` fails because the image has no shell; `docker exec` of the image's own
    program works."""
    refused = snippet("exec.sh", "sh", check=False)
    own = snippet("exec.sh", "/httpd", "--help", check=False)
    measured["exit code"] = refused.code
    measured["own program: exit code"] = own.code

    assert refused.code in (126, 127)
    assert 'exec: "sh": executable file not found in $PATH' in refused.text
    assert measured["own program: exit code"] == 0
    assert "Usage: httpd" in own.text


def test_shell_of_another_container_joins(server, snippet, measured):
    """A busybox shell with `--pid container:` and `--network container:` sees the server as process
    1, has its host name and its `localhost`, and reads and writes its files in `/proc/1/root`."""
    measured["printed"] = looked(snippet("debug.sh", *JOINED))

    assert measured["printed"] == [SERVER, "faq", *ROOT, "faq", "A /touched"]


def test_each_option_joins_one_namespace(server, snippet, measured):
    """With `--pid container:` alone the shell sees the server's process and files, but not its
    port; with `--network container:` alone it reaches the port, but neither process nor files."""
    processes = snippet("debug.sh", *PROCESSES, check=False)
    network = snippet("debug.sh", *NETWORK, check=False)
    process, _, *files = looked(processes)
    measured["--pid: process"], measured["--pid: files"] = process, files
    process, *others, served = looked(network)[:-1]
    measured["--network: process"] = process.split()[1]
    measured["--network: has the server's files"] = "httpd" in others
    measured["--network: answer"] = served

    assert measured["--pid: process"] == SERVER
    assert measured["--pid: files"] == [*ROOT, "A /touched"]
    assert "Connection refused" in processes.stderr
    assert measured["--network: process"] == "sh"
    assert measured["--network: has the server's files"] is False
    assert measured["--network: answer"] == "faq"


def test_shell_that_does_not_join_sees_itself(server, snippet, measured):
    """Without these two options it sees its own process 1 and its own files, and nothing listens on
    port 8080."""
    alone = snippet("debug.sh")
    lines = looked(alone)
    measured["process 1 is"] = [row.split()[1] for row in lines[:1]]
    measured["its own folders"] = [name for name in ("bin", "usr") if name in lines]

    assert measured["process 1 is"] == ["sh"]
    assert measured["its own folders"] == ["bin", "usr"]
    assert not {"httpd", "A /touched"} & set(lines)
    assert "Connection refused" in alone.stderr


def test_files_need_the_same_user_or_ptrace(snippet, measured):
    """When the server runs as user 65534:65534, root in the busybox container may not enter
    `/proc/1/root`. Root with `--cap-add SYS_PTRACE` may, and so may user 65534:65534."""
    snippet("build.sh", "httpd")
    snippet("serve.sh", "--user", "65534:65534")
    ways = {
        "root": snippet("debug.sh", *JOINED),
        "user 65534:65534": snippet("debug.sh", *JOINED, "--user", "65534:65534"),
        "root with SYS_PTRACE": snippet("debug.sh", *JOINED, "--cap-add", "SYS_PTRACE"),
    }
    for way, result in ways.items():
        process, _, *measured[f"{way} lists and is served"] = looked(result)
        measured[f"{way} sees"] = process

    assert measured["root lists and is served"] == ["faq"]
    assert "/proc/1/root: Permission denied" in ways["root"].stderr
    assert measured["user 65534:65534 lists and is served"] == [*ROOT, "faq"]
    assert measured["root with SYS_PTRACE lists and is served"] == [*ROOT, "faq", "A /touched"]
    assert [measured[f"{way} sees"] for way in ways] == [SERVER] * 3


def test_user_is_a_number(snippet, measured):
    """The server starts with `--user 65534` (group 0); `--user nobody` fails (exit code 125)
    because there is no `/etc/passwd`."""
    snippet("build.sh", "httpd")
    named = snippet("serve.sh", "--user", "nobody", check=False)
    snippet("clean.sh")
    snippet("build.sh", "httpd")
    snippet("serve.sh", "--user", "65534")
    process = snippet("user.sh").out.splitlines()[1].split()
    measured["--user nobody: exit code"] = named.code
    measured["--user 65534: user and group"] = process[1:3]

    assert named.code == 125
    assert "no matching entries in passwd file" in named.stderr
    assert measured["--user 65534: user and group"] == ["65534", "0"]


def test_cp_needs_no_shell(server, snippet, measured):
    """`docker cp` needs no shell in the container: it copies a file in, which the server then
    serves, and copies the program out, byte for byte."""
    served, copied, original = snippet("copy.sh").out.splitlines()
    measured["served"] = served
    measured["the two sums are the same"] = copied == original

    assert measured["served"] == "a note"
    assert measured["the two sums are the same"]


@pytest.mark.holds(since="28.0")
def test_image_can_be_mounted(snippet, measured):
    """`--mount type=image` mounts busybox's files into the container, read-only, so that
    `docker exec` finds a shell; in a busybox container it shows an image's files."""
    snippet("build.sh", "httpd")
    tools = snippet("image-mount.sh", check=False)
    inside = snippet("look-in.sh", "httpd", check=False)
    measured["listed"] = tools.out.splitlines()
    measured["in the image"] = inside.out.split()

    assert measured["listed"] == [*ROOT, "tools"]
    assert "Read-only file system" in tools.stderr
    assert measured["in the image"] == ["httpd"]
