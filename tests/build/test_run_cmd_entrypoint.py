"""RUN, CMD, ENTRYPOINT: what is the difference?"""

from faq.lab.saved_image import saved

SAFE_ON_YOUR_ENGINE = True

BUSYBOX = "busybox:stable"
BUILDERS = {"legacy": "0", "BuildKit": "1"}
NOT_FOUND = 127
DAEMON_REFUSED = 125

# How Docker stores what matrix.sh writes.
ENTRYPOINTS = {
    "none": [],
    "shell": ["/bin/sh", "-c", "argv entry"],
    "exec": ["argv", "entry"],
}
CMDS = {
    "CMD []": [],
    "CMD argv cmd": ["/bin/sh", "-c", "argv cmd"],
    'CMD ["argv", "cmd"]': ["argv", "cmd"],
}
ARGUMENTS = ["argv", "x"]


def matrix(snippet, entrypoint, *options):
    """What argv.sh printed for each CMD, without and with arguments."""
    rows = [f"{cmd}{arguments}" for cmd in CMDS for arguments in ("", ", argv x")]
    lines = snippet("matrix.sh", entrypoint, *options).out.splitlines()
    printed_rows = zip(rows, lines, strict=False)  # a row that is missing fails the claim
    return {row: line.removeprefix(f"{row}: ") for row, line in printed_rows}


def expected(entrypoint, cmd_when_no_arguments):
    """What argv.sh prints if Docker starts ENTRYPOINT, then the arguments or else the CMD."""
    rows = {}
    for cmd, stored in CMDS.items():
        rows[cmd] = printed(entrypoint + (stored if cmd_when_no_arguments else []))
        rows[f"{cmd}, argv x"] = printed(entrypoint + ARGUMENTS)
    return rows


def printed(words):
    """What argv.sh prints if PID 1 is started with these words."""
    behind_shell = f" → {brackets(words[2].split())}" if words[:1] == ["/bin/sh"] else ""
    return brackets(words) + behind_shell


def brackets(words):
    """Each word in brackets."""
    return " ".join(f"[{word}]" for word in words)


def config(snippet, name, builder):
    """Build an image; its Entrypoint and Cmd as Docker stores them."""
    built = snippet("build.sh", name, env={"DOCKER_BUILDKIT": BUILDERS[builder]})
    return "".join(built.out.splitlines()[-1:])


def test_run_is_for_the_build(engine, snippet, measured):
    """`RUN` runs while the image is built and adds its only new layer; `ENTRYPOINT` and `CMD` run
    in the container, so their files are in no layer of the image."""
    for builder, switch in BUILDERS.items():
        ran = snippet("when.sh", env={"DOCKER_BUILDKIT": switch}).out.splitlines()
        layers = saved(engine, "faq-when", base=BUSYBOX).files
        measured[f"{builder}: files per layer"] = [sorted(layer) for layer in layers]
        measured[f"{builder}: added by the container"] = sorted(
            line for line in ran if line.startswith(("A ", "C ", "D "))
        )
        snippet("clean.sh")

    for builder in BUILDERS:
        assert measured[f"{builder}: files per layer"] == [["by-run"]]
        assert measured[f"{builder}: added by the container"] == ["A /by-cmd", "A /by-entrypoint"]


def test_buildkit_makes_one_image(snippet, measured):
    """The legacy builder creates an image for each instruction, for `ENTRYPOINT` and `CMD` as well
    as for `RUN`; BuildKit creates a single image at the end."""
    for builder, switch in BUILDERS.items():
        snippet("build.sh", "when", env={"DOCKER_BUILDKIT": switch})
        rows = [row.partition(" ") for row in snippet("history.sh").out.splitlines()[:3]]
        measured[builder] = [
            next((word for word in ("CMD", "ENTRYPOINT", "touch") if word in text), text)
            for image, _, text in rows
            if image != "<missing>"
        ]

    assert measured == {"legacy": ["CMD", "ENTRYPOINT", "touch"], "BuildKit": ["CMD"]}


def test_without_entrypoint(snippet, measured):
    """Without `ENTRYPOINT`, `CMD` is the whole command, and a shell-form `CMD` starts with `/bin/sh
    -c`; arguments of `docker run` replace all of it; with neither, Docker refuses to start."""
    measured.update(matrix(snippet, "none"))

    rows = expected(ENTRYPOINTS["none"], cmd_when_no_arguments=True)
    refused = measured.get("CMD []", "")
    assert "no command specified" in refused.lower()
    assert measured == rows | {"CMD []": refused}


def test_exec_entrypoint(snippet, measured):
    """Docker starts an exec-form `ENTRYPOINT` followed by the arguments of `docker run`, or else by
    the `CMD`; a shell-form `CMD` adds three words: `/bin/sh`, `-c` and its text."""
    measured.update(matrix(snippet, "exec"))

    assert measured == expected(ENTRYPOINTS["exec"], cmd_when_no_arguments=True)


def test_shell_entrypoint(snippet, measured):
    """A shell-form `ENTRYPOINT` starts `/bin/sh -c` with its text; `CMD` and arguments become
    further words of the shell, and the program gets none of them."""
    measured.update(matrix(snippet, "shell"))

    assert {row.partition("→ ")[2] for row in measured.values()} == {"[argv] [entry]"}
    assert measured == expected(ENTRYPOINTS["shell"], cmd_when_no_arguments=True)


def test_entrypoint_flag(snippet, measured):
    """`--entrypoint` replaces the image's `ENTRYPOINT` in either form and drops its `CMD`: the
    program gets only the arguments of `docker run`."""
    for entrypoint in ENTRYPOINTS:
        for row, words in matrix(snippet, entrypoint, "--entrypoint", "other").items():
            measured[f"ENTRYPOINT {entrypoint}, {row}"] = words

    rows = expected(["other"], cmd_when_no_arguments=False)
    assert measured == {
        f"ENTRYPOINT {entrypoint}, {row}": words
        for entrypoint in ENTRYPOINTS
        for row, words in rows.items()
    }


def test_no_entrypoint_by_default(snippet, measured):
    """An image has no default entrypoint: with both builders, a `CMD` alone leaves Entrypoint
    `null`, and only a shell-form `CMD` contains `/bin/sh -c`."""
    for builder in BUILDERS:
        for name in ("shell-cmd", "exec-cmd"):
            measured[f"{builder}, {name}"] = config(snippet, name, builder)

    for builder in BUILDERS:
        shell, program = measured[f"{builder}, shell-cmd"], measured[f"{builder}, exec-cmd"]
        assert shell == 'null ["/bin/sh","-c","echo hello $HOME"]'
        assert program == 'null ["echo","hello","$HOME"]'


def test_arguments_meet_no_shell(snippet, measured):
    """Docker does not pass arguments of `docker run` to a shell, even if the image's `CMD` is in
    shell form: `'echo $HOME'` fails with exit code 127."""
    snippet("build.sh", "shell-cmd")
    measured["image alone"] = snippet("run.sh", "shell-cmd").out
    alone = snippet("run.sh", "shell-cmd", "echo $HOME", check=False)
    measured["exit code of 'echo $HOME'"] = alone.code
    measured["sh -c 'echo $HOME'"] = snippet("run.sh", "shell-cmd", "sh", "-c", "echo $HOME").out

    assert measured["image alone"] == "hello /root"
    assert alone.code == NOT_FOUND
    assert 'exec: "echo $HOME": executable file not found' in alone.stderr
    assert measured["sh -c 'echo $HOME'"] == "/root"


def test_single_quotes_are_shell_form(snippet, measured):
    """`CMD ['echo', 'hello']` in single quotes is shell form: both builders store `/bin/sh -c
    "['echo', 'hello']"`, and the container exits with 127."""
    for builder in BUILDERS:
        measured[builder] = config(snippet, "single-quotes", builder)
    ran = snippet("run.sh", "single-quotes", check=False)
    measured["exit code"] = ran.code

    for builder in BUILDERS:
        assert measured[builder] == """null ["/bin/sh","-c","['echo', 'hello']"]"""
    assert ran.code == NOT_FOUND


def test_child_entrypoint_resets_cmd(snippet, measured):
    """With both builders, an image that sets `ENTRYPOINT` loses the `CMD` of its base image; one
    that sets only `CMD` keeps the base image's `ENTRYPOINT`."""
    for builder, switch in BUILDERS.items():
        for name in ("parent", "child-entrypoint", "child-cmd"):
            snippet("build.sh", name, env={"DOCKER_BUILDKIT": switch})
            measured[f"{builder}: {name}"] = snippet("run.sh", name).out

    for builder in BUILDERS:
        assert measured[f"{builder}: parent"] == "parent's entrypoint parent's command"
        assert measured[f"{builder}: child-entrypoint"] == "child's entrypoint"
        assert measured[f"{builder}: child-cmd"] == "parent's entrypoint child's command"


def test_only_the_last_counts(snippet, measured):
    """Of two `CMD` instructions only the last counts, and so it is with two `ENTRYPOINT`
    instructions, with both builders."""
    for builder in BUILDERS:
        measured[builder] = config(snippet, "twice", builder)

    assert measured == dict.fromkeys(BUILDERS, '["echo","second"] ["second"]')


def test_empty_entrypoint_flag(snippet, measured):
    """`--entrypoint ""` removes both `ENTRYPOINT` and `CMD`: the arguments are the whole command,
    and without arguments Docker refuses with exit code 125."""
    snippet("build.sh", "parent")
    measured["'' echo hello"] = snippet("entrypoint-flag.sh", "", "echo", "hello").out
    nothing = snippet("entrypoint-flag.sh", "", check=False)
    measured["'': exit code"] = nothing.code

    assert measured["'' echo hello"] == "hello"
    assert nothing.code == DAEMON_REFUSED
    assert "no command specified" in nothing.stderr.lower()


def test_entrypoint_flag_is_one_word(snippet, measured):
    """`--entrypoint sh` starts a shell instead of the image's program; `--entrypoint "echo hello"`
    is the name of a single program, which is not found: exit code 127."""
    snippet("build.sh", "parent")
    measured["sh -c 'echo $0'"] = snippet("entrypoint-flag.sh", "sh", "-c", "echo $0").out
    two_words = snippet("entrypoint-flag.sh", "echo hello", check=False)
    measured["'echo hello': exit code"] = two_words.code

    assert measured["sh -c 'echo $0'"] == "sh"
    assert two_words.code == NOT_FOUND
    assert 'exec: "echo hello": executable file not found' in two_words.stderr


def test_exec_form_expands_no_variables(snippet, measured):
    """`CMD ["echo", "hello", "$HOME"]` in exec form prints `$HOME` literally; the same command in
    shell form prints `/root`."""
    for name in ("exec-cmd", "shell-cmd"):
        snippet("build.sh", name)
        measured[name] = snippet("run.sh", name).out

    assert measured == {"exec-cmd": "hello $HOME", "shell-cmd": "hello /root"}


def test_exec_form_takes_arguments(snippet, measured):
    """With both instructions in exec form, the argument `you` replaces the `CMD`; the same `CMD`
    and argument have no effect behind a shell-form `ENTRYPOINT`."""
    for name in ("fix", "wrong"):
        snippet("build.sh", name)
        measured[name] = snippet("run.sh", name).out
        measured[f"{name} you"] = snippet("run.sh", name, "you").out

    assert measured["fix"] == "hello world"
    assert measured["fix you"] == "hello you"
    assert measured["wrong"] == "hello"
    assert measured["wrong you"] == "hello"
