"""Can a heredoc keep clean-up in one layer?"""

import re

import pytest

from faq.lab.saved_image import saved

SAFE_ON_YOUR_ENGINE = True

MB = 1_000_000
BUSYBOX = "busybox:stable"
LEGACY = {"DOCKER_BUILDKIT": "0"}
BUILDKIT = {"DOCKER_BUILDKIT": "1"}
BUILDERS = {"legacy": LEGACY, "BuildKit": BUILDKIT}
SIZE = re.compile(r"([\d.]+)([kM]?B) ")
UNITS = {"B": 1, "kB": 1e3, "MB": 1e6}
ERROR = re.compile(
    r"unknown instruction: \w+|COPY failed: [\w ]+|buildx component is missing or broken"
)


def error(result):
    """What the Dockerfile's parser or the step said, without the builder's words around it."""
    found = ERROR.search(result.text)
    return found[0] if found else ""


def new_layers(snippet, image):
    """The bytes of each layer that an image has beyond its base, the first one first."""
    count, *rows = snippet("layers.sh", image).out.splitlines() or [""]
    sizes = list(filter(None, map(SIZE.match, rows)))[: number(count)]
    return [float(size[1]) * UNITS[size[2]] for size in reversed(sizes)]


def number(line):
    """The number at the end of a line, or -1."""
    found = re.search(r"\d+$", line)
    return int(found[0]) if found else -1


def greeting_bytes(snippet):
    """The size of /greeting in the image faq-cat."""
    return int(snippet("bytes.sh", "cat", "/greeting").out.split()[0])


@pytest.mark.holds(since="23.0")
def test_heredoc_is_one_layer(engine, snippet, measured):
    """With BuildKit, a `RUN` heredoc that creates, uses and deletes a 20 MB file adds one layer of
    less than 1 MB, which holds only the result."""
    engine.run("cp /work/fix.Dockerfile /work/Dockerfile")
    built = snippet("fix.sh", check=False)
    measured["exit code"] = built.code

    assert built.code == 0
    sizes = new_layers(snippet, "my-image")
    image = saved(engine, "my-image", base=BUSYBOX)
    measured["files per layer"] = [sorted(layer) for layer in image.files]
    measured["MB per layer"] = [round(size / MB, 1) for size in sizes]
    assert measured["files per layer"] == [["checksum"]]
    assert len(sizes) == 1
    assert sizes[0] < MB


@pytest.mark.applies(since="23.0")
def test_two_heredocs_are_two_layers(snippet, measured):
    """If a second `RUN` heredoc deletes the file, the image has two new layers, and the first still
    takes the file's 20 MB."""
    snippet("build.sh", "two-runs", env=BUILDKIT)
    first, *others = new_layers(snippet, "faq-two-runs")
    measured["MB per layer"] = [round(size / MB, 1) for size in (first, *others)]

    assert len(others) == 1
    assert 20 * MB <= first < 21 * MB
    assert others[0] < MB


@pytest.mark.applies(until="23.0")
def test_old_engine_takes_the_body_for_instructions(snippet, measured):
    """Without a `# syntax=` line, Docker 20.10 rejects a heredoc with either builder: the first
    line of the body is an `unknown instruction: SET`."""
    for builder, env in BUILDERS.items():
        built = snippet("build.sh", "fix", env=env, check=False)
        measured[builder] = [built.code, error(built)]

    assert measured == {name: [1, "unknown instruction: SET"] for name in BUILDERS}


@pytest.mark.holds(since="23.0")
def test_legacy_builder_skips_the_body(snippet, measured):
    """The legacy builder reports success for the same Dockerfile but runs no line of the body: the
    image gets neither a layer nor a file."""
    built = snippet("build.sh", "fix", env=LEGACY, check=False)
    measured["exit code"] = built.code

    assert built.code == 0
    measured["new layers"] = number(snippet("layers.sh", "faq-fix").out.partition("\n")[0])
    shown = snippet("show.sh", "fix", "/checksum", check=False)
    measured["exit code of cat /checksum"] = shown.code
    assert measured["new layers"] == 0
    assert shown.code == 1
    assert "No such file" in shown.text


@pytest.mark.holds(since="23.0")
def test_legacy_builder_writes_an_empty_file(snippet, measured):
    """With BuildKit, `RUN cat <<EOF >/greeting` writes the body to the file; with the legacy
    builder, the file is empty although the build succeeds."""
    for builder, env in BUILDERS.items():
        built = snippet("build.sh", "cat", env=env, check=False)
        measured[f"{builder}: exit code"] = built.code
        if built.code == 0:
            measured[f"{builder}: bytes in /greeting"] = greeting_bytes(snippet)

    assert [measured[f"{builder}: exit code"] for builder in BUILDERS] == [0, 0]
    assert measured["legacy: bytes in /greeting"] == 0
    assert measured["BuildKit: bytes in /greeting"] == len("hello\n")


@pytest.mark.applies(since="23.0")
def test_missing_buildx_means_the_legacy_builder(snippet, measured):
    """Without a working buildx plugin, `docker build` uses the legacy builder, and the file stays
    empty; with `DOCKER_BUILDKIT=1` it fails: `buildx component is missing or broken`."""
    silent = snippet("without-buildx.sh", "cat", check=False)
    measured["exit code"] = silent.code
    measured["bytes in /greeting"] = greeting_bytes(snippet)
    snippet("clean.sh")
    forced = snippet("without-buildx.sh", "cat", env=BUILDKIT, check=False)
    measured["exit code with DOCKER_BUILDKIT=1"] = forced.code
    measured["error"] = error(forced)

    assert silent.code == 0
    assert "The legacy builder is deprecated" in silent.text
    assert measured["bytes in /greeting"] == 0
    assert forced.code == 1
    assert measured["error"] == "buildx component is missing or broken"


@pytest.mark.holds(since="23.0")
def test_copy_heredoc_writes_a_file(snippet, measured):
    """With BuildKit, `COPY <<EOF /file` writes its body to the file and expands `ARG` values; with
    a quoted `"EOF"`, it writes `$NAME` unchanged."""
    built = snippet("build.sh", "copy", env=BUILDKIT, check=False)
    measured["exit code"] = built.code

    assert built.code == 0
    shown = snippet("show.sh", "copy", "/expanded", "/literal").out
    measured["files"] = shown.splitlines()
    assert measured["files"] == ["hello you", "hello $NAME"]


@pytest.mark.shown("error")
def test_legacy_builder_refuses_a_copy_heredoc(snippet, measured):
    """The legacy builder rejects `COPY <<EOF /file`: the build fails with exit code 1 and creates
    no image."""
    built = snippet("build.sh", "copy", env=LEGACY, check=False)
    measured["exit code"] = built.code
    measured["error"] = error(built)
    measured["images"] = snippet("images.sh").out.splitlines()

    assert built.code == 1
    assert measured["images"] == []


@pytest.mark.applies(since="23.0")
def test_last_command_decides(snippet, measured):
    """Only the last command's exit code counts: with `false` in the middle, the build succeeds and
    the line after it runs; with `false` as the last line, it fails."""
    middle = snippet("build.sh", "no-set-e", env=BUILDKIT, check=False)
    last = snippet("build.sh", "last-fails", env=BUILDKIT, check=False)
    measured["exit code, false in the middle"] = middle.code
    measured["exit code, false as the last line"] = last.code
    shown = snippet("show.sh", "no-set-e", "/before", "/after").out
    measured["files, false in the middle"] = shown.splitlines()

    assert middle.code == 0
    assert measured["files, false in the middle"] == ["before", "after"]
    assert last.code == 1


@pytest.mark.applies(since="23.0")
def test_set_e_stops_at_the_failure(snippet, measured):
    """With `set -e` as its first line, the same body fails the build and creates no image; without
    it, the build succeeds."""
    for name in ("set-e", "no-set-e"):
        built = snippet("build.sh", name, env=BUILDKIT, check=False)
        measured[f"{name}: exit code"] = built.code
    measured["images"] = snippet("images.sh").out.splitlines()

    assert measured["set-e: exit code"] == 1
    assert measured["no-set-e: exit code"] == 0
    assert measured["images"] == ["faq-no-set-e"]


@pytest.mark.holds(since="28.2")
def test_space_is_allowed(snippet, measured):
    """With BuildKit, `RUN << EOF`, with a space, is a heredoc too and runs its body."""
    built = snippet("space.sh", env=BUILDKIT, check=False)
    measured["exit code"] = built.code

    assert built.code == 0
    measured["/greeting"] = snippet("show.sh", "space", "/greeting").out
    assert measured["/greeting"] == "hello"


@pytest.mark.applies(since="23.0")
@pytest.mark.holds(until="28.2")
def test_space_is_an_error(snippet, measured):
    """With a space, as in `<< EOF`, the build fails with `unknown instruction: echo`; without the
    space, the same Dockerfile builds."""
    space = snippet("space.sh", env=BUILDKIT, check=False)
    tight = snippet("no-space.sh", env=BUILDKIT, check=False)
    measured["exit code, with a space"] = space.code
    measured["error"] = error(space)
    measured["exit code, without"] = tight.code

    assert tight.code == 0
    assert space.code == 1
    assert measured["error"] == "unknown instruction: echo"
