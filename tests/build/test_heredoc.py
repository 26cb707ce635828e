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


def error(result):
    """What the Dockerfile's parser or the step said, without the builder's words around it."""
    found = re.search(r"unknown instruction: \w+|COPY failed: [\w ]+", result.text)
    return found[0] if found else ""


def bytes_of(engine, path):
    """The size of a file in the image faq-cat."""
    return int(engine.run(f"docker run --rm faq-cat stat -c %s {path}").out)


@pytest.mark.holds(since="23.0")
def test_heredoc_is_one_layer(engine, snippet, measured):
    """With BuildKit, a `RUN` heredoc that makes, uses and deletes a 20 MB file is one layer, and
    the small result is all it holds."""
    built = snippet("build.sh", "one-run", env=BUILDKIT, check=False)
    measured["exit code"] = built.code

    assert built.code == 0
    image = saved(engine, "faq-one-run", base=BUSYBOX)
    measured["files per layer"] = [sorted(layer) for layer in image.files]
    measured["MB per layer"] = [round(size / MB, 1) for size in image.sizes]
    assert measured["files per layer"] == [["checksum"]]
    assert image.sizes[0] < 1000


@pytest.mark.holds(since="23.0")
def test_two_heredocs_are_two_layers(engine, snippet, measured):
    """Deleted in a second `RUN` heredoc, the file still takes its 20 MB in the layer of the
    first."""
    built = snippet("build.sh", "two-runs", env=BUILDKIT, check=False)
    measured["exit code"] = built.code

    assert built.code == 0
    image = saved(engine, "faq-two-runs", base=BUSYBOX)
    measured["MB per layer"] = [round(size / MB, 1) for size in image.sizes]
    assert [layer.get("big") for layer in image.files] == [20 * MB, None]


@pytest.mark.holds(until="23.0")
def test_old_engine_takes_the_body_for_instructions(snippet, measured):
    """Without a `# syntax=` line Docker 20.10 knows no heredocs: with BuildKit and without it, the
    build stops at the first line of the body with `unknown instruction: HEAD`."""
    for builder, env in BUILDERS.items():
        built = snippet("build.sh", "one-run", env=env, check=False)
        measured[builder] = [built.code, error(built)]

    assert measured == {name: [1, "unknown instruction: HEAD"] for name in BUILDERS}


@pytest.mark.holds(since="23.0")
def test_legacy_builder_skips_the_body(engine, snippet, measured):
    """The legacy builder ends the same build with exit code 0 and runs no line of the body: nothing
    is added to the base image, no layer and no file."""
    built = snippet("build.sh", "one-run", env=LEGACY, check=False)
    measured["exit code"] = built.code

    assert built.code == 0
    image = saved(engine, "faq-one-run", base=BUSYBOX)
    measured["layers"] = len(image.layers)
    shown = engine.run("docker run --rm faq-one-run ls /checksum", check=False)
    assert image.layers == []
    assert shown.code == 1


@pytest.mark.holds(since="23.0")
def test_legacy_builder_writes_an_empty_file(engine, snippet, measured):
    """`RUN cat <<EOF >/greeting` writes the body with BuildKit; with the legacy builder it writes
    an empty file, and that build too ends with exit code 0."""
    for builder, env in BUILDERS.items():
        built = snippet("build.sh", "cat", env=env, check=False)
        measured[f"{builder}: exit code"] = built.code
        if built.code == 0:
            measured[f"{builder}: bytes in /greeting"] = bytes_of(engine, "/greeting")

    assert [measured[f"{builder}: exit code"] for builder in BUILDERS] == [0, 0]
    assert measured["legacy: bytes in /greeting"] == 0
    assert measured["BuildKit: bytes in /greeting"] == len("hello\n")


@pytest.mark.holds(since="23.0")
def test_copy_heredoc_writes_a_file(snippet, measured):
    """With BuildKit, `COPY <<EOF /file` writes its body as a file and puts in the values of `ARG`s;
    with a quoted `"EOF"` it writes `$NAME` as it stands."""
    built = snippet("build.sh", "copy", env=BUILDKIT, check=False)
    measured["exit code"] = built.code

    assert built.code == 0
    shown = snippet("show.sh", "copy", "/expanded", "/literal").out
    measured["files"] = shown.splitlines()
    assert measured["files"] == ["hello you", "hello $NAME"]


@pytest.mark.holds(since="23.0")
def test_legacy_builder_refuses_a_copy_heredoc(snippet, measured):
    """The legacy builder does not pass over `COPY <<EOF /file`: it stops with `COPY failed: no
    source files were specified`."""
    built = snippet("build.sh", "copy", env=LEGACY, check=False)
    measured["exit code"] = built.code
    measured["error"] = error(built)

    assert built.code == 1
    assert measured["error"] == "COPY failed: no source files were specified"


@pytest.mark.holds(since="23.0")
def test_last_command_decides(engine, snippet, measured):
    """Only the last command's status counts: with `false` in the middle the build succeeds and the
    lines after it run; with `false` as the last line the build fails."""
    middle = snippet("build.sh", "no-set-e", env=BUILDKIT, check=False)
    last = snippet("build.sh", "last-fails", env=BUILDKIT, check=False)
    measured["exit code, false in the middle"] = middle.code
    measured["exit code, false as the last line"] = last.code

    assert middle.code == 0
    files = saved(engine, "faq-no-set-e", base=BUSYBOX).files
    measured["files, false in the middle"] = sorted(files[0])
    assert measured["files, false in the middle"] == ["after", "before"]
    assert last.code == 1


@pytest.mark.holds(since="23.0")
def test_set_e_stops_at_the_failure(engine, snippet, measured):
    """With `set -e` as its first line, the same body fails the build, and no image is made; without
    it, the build succeeds."""
    for name in ("set-e", "no-set-e"):
        built = snippet("build.sh", name, env=BUILDKIT, check=False)
        made = engine.run(f"docker images --quiet faq-{name}").out
        measured[name] = {"exit code": built.code, "image": bool(made)}

    assert measured["set-e"] == {"exit code": 1, "image": False}
    assert measured["no-set-e"] == {"exit code": 0, "image": True}


@pytest.mark.holds(since="28.2")
def test_space_is_allowed(snippet, measured):
    """With BuildKit, `RUN << EOF`, with a space, is a heredoc too and runs its body."""
    built = snippet("space.sh", env=BUILDKIT, check=False)
    measured["exit code"] = built.code
    measured["error"] = error(built)

    assert built.code == 0
    measured["/greeting"] = snippet("show.sh", "space", "/greeting").out
    assert measured["/greeting"] == "hello"


@pytest.mark.holds(since="23.0", until="28.2")
def test_space_is_an_error(snippet, measured):
    """Written `<< EOF`, with a space, the body's first line is an `unknown instruction: echo`;
    written `<<EOF`, the same Dockerfile builds."""
    space = snippet("space.sh", env=BUILDKIT, check=False)
    tight = snippet("no-space.sh", env=BUILDKIT, check=False)
    measured["exit code, with a space"] = space.code
    measured["error"] = error(space)
    measured["exit code, without"] = tight.code

    assert tight.code == 0
    assert space.code == 1
    assert measured["error"] == "unknown instruction: echo"
