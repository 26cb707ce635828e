"""What is scratch, and how do I debug a container that has no shell?"""

import pytest

SAFE_ON_YOUR_ENGINE = True

BUILDERS = {"legacy": "0", "BuildKit": "1"}
MISSING = "no such file or directory"
JOINED = ["--pid", "container:faq-scratch", "--network", "container:faq-scratch"]
ROOT = ["dev", "etc", "httpd", "proc", "sys"]


@pytest.fixture
def server(snippet):
    """Start the web server of this page from an image that holds nothing else."""
    snippet("build.sh", "httpd")
    snippet("serve.sh")


def builds(snippet, name):
    """The exit code of a build, by builder."""
    return {
        builder: snippet("build.sh", name, env={"DOCKER_BUILDKIT": switch}, check=False).code
        for builder, switch in BUILDERS.items()
    }


def test_scratch_is_only_a_name(snippet, measured):
    """`docker pull` and `docker run` refuse `scratch`, a reserved name (exit codes 1 and 125); both
    take `busybox:stable`."""
    for image in ("scratch", "busybox:stable"):
        pulled = snippet("pull.sh", image, check=False)
        ran = snippet("run-image.sh", image, check=False)
        measured[image] = {"docker pull": pulled.code, "docker run": ran.code}
        measured[f"{image} is reserved"] = [
            "'scratch' is a reserved name" in result.stderr for result in (pulled, ran)
        ]

    assert measured["scratch"] == {"docker pull": 1, "docker run": 125}
    assert measured["scratch is reserved"] == [True, True]
    assert measured["busybox:stable"] == {"docker pull": 0, "docker run": 0}


def test_scratch_has_no_layer(engine, snippet, measured):
    """With both builders, an image `FROM scratch` that only gets a label has no layer at all."""
    for builder, switch in BUILDERS.items():
        snippet("build.sh", "empty", env={"DOCKER_BUILDKIT": switch})
        inspect = "docker image inspect --format '{{len .RootFS.Layers}}'"
        measured[builder] = int(engine.run(f"{inspect} faq-empty").out)
    measured["busybox:stable"] = int(engine.run(f"{inspect} busybox:stable").out)

    assert measured == {"legacy": 0, "BuildKit": 0, "busybox:stable": 1}


def test_image_holds_what_was_copied_only(engine, snippet, measured):
    """One `COPY` onto `scratch` makes an image of one layer with one file; `busybox:stable`, which
    the file came from, has over 100 programs."""
    snippet("build.sh", "httpd")
    inspect = "docker image inspect --format '{{len .RootFS.Layers}}' faq-httpd"
    measured["layers"] = int(engine.run(inspect).out)
    unpack = "docker create --name faq-scratch busybox:stable; docker export faq-scratch | tar -t"
    names = engine.run(f"{unpack} | grep '^bin/.'").out.splitlines()
    measured["busybox has over 100 programs"] = len(names) > 100
    save = "mkdir /run/faq; docker save faq-httpd | tar -x -C /run/faq"
    layer = engine.run(f"{save}; cat /run/faq/manifest.json").json()[0]["Layers"][0]
    measured["files"] = engine.run(f"tar -tf /run/faq/{layer}; rm -r /run/faq").out.split()

    assert measured["layers"] == 1
    assert measured["files"] == ["httpd"]
    assert measured["busybox has over 100 programs"]


def test_engine_adds_files_at_run_time(engine, server, measured):
    """In its container are `/etc/hosts`, `/etc/hostname` and `/etc/resolv.conf`, `/dev` with `null`
    and `urandom`, `/proc` and `/sys` as well, but no `/bin`, `/lib`, `/tmp` and `/etc/passwd`."""
    root = "/proc/$(docker inspect --format '{{.State.Pid}}' faq-scratch)/root"
    seen = engine.run(f"cd {root} && ls -d * dev/null dev/urandom etc/* proc/1 sys/kernel")
    measured["paths"] = sorted(seen.out.split())
    measured["hostname"] = engine.run(f"cat {root}/etc/hostname").out

    assert measured["paths"] == sorted(
        [*ROOT, "dev/null", "dev/urandom", "proc/1", "sys/kernel"]
        + [f"etc/{name}" for name in ("hostname", "hosts", "mtab", "resolv.conf")],
    )
    assert measured["hostname"] == "faq"


def test_dynamic_program_is_not_found(snippet, measured):
    """A dynamic program alone ends with *no such file or directory*, although it is there: the
    message means its loader; with loader and C library it runs."""
    snippet("build.sh", "dynamic")
    alone = snippet("run.sh", "dynamic", check=False)
    snippet("build.sh", "dynamic-fixed")
    fixed = snippet("run.sh", "dynamic-fixed", check=False)
    measured["exit codes"] = {"alone": alone.code, "with loader and library": fixed.code}

    assert alone.code != 0
    assert f"/true: {MISSING}" in alone.text
    assert fixed.code == 0


def test_run_in_shell_form_fails(snippet, measured):
    """With both builders a `RUN` in shell form fails on `scratch`, and one in exec form works."""
    measured["shell form"] = builds(snippet, "shell-run")
    measured["exec form"] = builds(snippet, "exec-run")

    assert all(measured["shell form"].values())
    assert not any(measured["exec form"].values())


def test_cmd_in_shell_form_fails(snippet, measured):
    """A `CMD` in shell form builds, but its container does not start, exit code 127, for want of
    `/bin/sh`; in exec form it runs."""
    for form in ("shell-cmd", "exec-cmd"):
        snippet("build.sh", form)
        ended = snippet("run.sh", form, check=False)
        measured[form] = ended.code
        measured[f"{form} names /bin/sh"] = "/bin/sh" in ended.stderr

    assert measured["shell-cmd"] == 127
    assert measured["shell-cmd names /bin/sh"]
    assert measured["exec-cmd"] == 0


def test_exec_finds_no_shell(server, snippet, measured):
    """`docker exec … sh` fails: exec runs a program of the image, and there is no shell."""
    refused = snippet("exec.sh", check=False)
    measured["exit code"] = refused.code

    assert refused.code in (126, 127)
    assert 'exec: "sh": executable file not found in $PATH' in refused.text


def looked(result):
    """What debug.sh saw, with every run of spaces made one."""
    return [" ".join(line.split()) for line in result.out.splitlines()]


def test_shell_of_another_container_joins(engine, server, snippet, measured):
    """A busybox shell with `--pid container:` and `--network container:` sees the server as process
    1, has its hostname, gets an answer from its port on `localhost`, and reads and writes its files
    in `/proc/1/root`."""
    measured["printed"] = looked(snippet("debug.sh", *JOINED))
    measured["made in the server's container"] = engine.run("docker diff faq-scratch").out

    assert measured["printed"] == ["1 /httpd -f -p 8080 -h /", "faq", *ROOT, "faq"]
    assert measured["made in the server's container"] == "A /touched"


def test_shell_that_does_not_join_sees_itself(engine, server, snippet, measured):
    """Without these two options it sees its own process 1, its own files and no server."""
    alone = snippet("debug.sh")
    process, _, *files = looked(alone)
    measured["process 1 is"] = process.split()[1]
    measured["files"] = files
    measured["made in the server's container"] = engine.run("docker diff faq-scratch").out

    assert measured["process 1 is"] == "sh"
    assert {"bin", "usr"} < set(files)
    assert "httpd" not in files
    assert "Connection refused" in alone.stderr
    assert measured["made in the server's container"] == ""


def test_files_need_the_same_user_or_ptrace(snippet, measured):
    """Of a server that runs as user and group 65534, root of the busybox container sees the process
    and the port, but may not enter `/proc/1/root`; with `--cap-add SYS_PTRACE` it may, and so may
    user 65534:65534."""
    snippet("build.sh", "httpd")
    snippet("serve.sh", "--user", "65534:65534")
    ways = {
        "root": snippet("debug.sh", *JOINED, check=False),
        "user 65534:65534": snippet("debug.sh", *JOINED, "--user", "65534:65534", check=False),
        "root with SYS_PTRACE": snippet("debug.sh", *JOINED, "--cap-add", "SYS_PTRACE"),
    }
    for way, result in ways.items():
        process, _, *files, served = looked(result)
        measured[f"{way} sees"] = [process, served]
        measured[f"{way} lists"] = files

    assert measured["root sees"] == ["1 /httpd -f -p 8080 -h /", "faq"]
    assert measured["root lists"] == []
    assert "/proc/1/root: Permission denied" in ways["root"].stderr
    assert measured["root with SYS_PTRACE lists"] == ROOT
    assert measured["user 65534:65534 lists"] == ROOT


def test_user_is_a_number(engine, snippet, measured):
    """The server starts with `--user 65534`, in group 0 then; `--user nobody` is refused for want
    of `/etc/passwd`, exit code 125."""
    snippet("build.sh", "httpd")
    named = snippet("serve.sh", "--user", "nobody", check=False)
    snippet("clean.sh")
    snippet("build.sh", "httpd")
    snippet("serve.sh", "--user", "65534")
    process = "docker inspect --format '{{.State.Pid}}' faq-scratch"
    ids = engine.run(f"awk '/^[UG]id:/ {{ print $2 }}' /proc/$({process})/status").out
    measured["--user nobody: exit code"] = named.code
    measured["--user 65534: user and group"] = ids.split()

    assert named.code == 125
    assert "no matching entries in passwd file" in named.stderr
    assert measured["--user 65534: user and group"] == ["65534", "0"]


def test_cp_needs_no_shell(engine, server, snippet, measured):
    """`docker cp` needs no shell in the container: it puts a file in, which the server then serves,
    and gets the program out, byte for byte."""
    snippet("copy.sh")
    networks = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
    address = f"docker inspect --format '{networks}' faq-scratch"
    fetch = f"curl --silent --retry 9 --retry-connrefused http://$({address}):8080/note"
    measured["served"] = engine.run(fetch).out
    process = "docker inspect --format '{{.State.Pid}}' faq-scratch"
    same = engine.run(f"cmp /work/httpd /proc/$({process})/exe", check=False)
    measured["same program"] = same.code == 0

    assert measured["served"] == "a note"
    assert measured["same program"]


@pytest.mark.holds(since="28.0")
def test_image_can_be_mounted(snippet, measured):
    """`--mount type=image` mounts busybox's files into the container, read-only, so that
    `docker exec` finds a shell; the other way round it shows what is in the image."""
    snippet("build.sh", "httpd")
    tools = snippet("image-mount.sh", check=False)
    inside = snippet("look-in.sh", "httpd", check=False)
    measured["listed"] = tools.out.splitlines()[1:]
    measured["in the image"] = inside.out.split()

    assert measured["listed"] == [*ROOT, "tools"]
    assert "Read-only file system" in tools.stderr
    assert measured["in the image"] == ["httpd"]
