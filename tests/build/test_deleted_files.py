"""Why is my image still big after I delete files?"""

import re

import pytest

SAFE_ON_YOUR_ENGINE = True

UNITS = {"B": 1e-6, "kB": 1e-3, "MB": 1, "GB": 1000}
BUILDERS = {"legacy": {"DOCKER_BUILDKIT": "0"}, "BuildKit": {"DOCKER_BUILDKIT": "1"}}
METADATA = ["MAINTAINER", "ARG", "ENV", "LABEL", "USER", "EXPOSE", "VOLUME", "STOPSIGNAL"]
METADATA += ["HEALTHCHECK", "SHELL", "ENTRYPOINT", "CMD"]

CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def mb_per_layer(printed, count):
    """The MB of the last layers of an image, the last one last, as `history.sh` prints them."""
    sizes = re.findall(r"^([\d.]+)([kMG]?B) ", printed.out, re.MULTILINE)[:count]
    return [round(float(number) * UNITS[unit], 1) for number, unit in reversed(sizes)]


def files_per_layer(printed):
    """The bytes of each file in each layer above the base image, as `layers.sh` prints them."""
    layers = []
    for line in printed.out.splitlines():
        if line.startswith("layer "):
            layers.append({})
        else:
            size, path = line.split(maxsplit=1)
            layers[-1][path] = int(size)
    return layers


def test_later_rm_frees_nothing(snippet, measured):
    """A 20 MB file that a later `RUN rm` deletes keeps its 20 MB in the first layer; the `rm` adds
    a layer with one empty file, the whiteout `.wh.big`."""
    snippet("build.sh", "later-run")
    measured["MB per layer"] = mb_per_layer(snippet("history.sh", "later-run"), 2)
    layers = files_per_layer(snippet("layers.sh", "later-run"))
    measured["files in the last layer"] = sorted(layers[-1])

    assert measured["MB per layer"] == [20, 0]
    assert layers == [{"big": 20_000_000}, {".wh.big": 0}]


def test_one_run_keeps_only_what_is_left(snippet, measured):
    """When one `RUN` creates, uses and deletes the file, the image has one layer above its base,
    which holds only the result, less than 1 kB."""
    snippet("build.sh", "one-run")
    measured["MB per layer"] = mb_per_layer(snippet("history.sh", "one-run"), 1)
    layers = files_per_layer(snippet("layers.sh", "one-run"))
    measured["files"] = [sorted(layer) for layer in layers]

    assert measured["MB per layer"] == [0]
    assert measured["files"] == [["checksum"]]
    assert 0 < layers[0]["checksum"] < 1000


def test_package_lists_deleted_in_the_same_run(snippet, measured):
    """Deleting `/var/lib/apt/lists/*` in the `RUN` that installs a package makes the image more
    than 10 MB smaller than deleting it in the next `RUN`; both have `curl` and its certificates."""
    for name, count in {"wrong": 2, "fix": 1}.items():
        snippet("build.sh", name)
        measured[f"{name}: MB per layer"] = mb_per_layer(snippet("history.sh", name), count)
        lines = snippet("curl.sh", name).out.splitlines()
        measured[f"{name}: curl"] = [lines[0][:5], lines[-1]]

    wrong, fixed = (measured[f"{name}: MB per layer"] for name in ("wrong", "fix"))
    assert sum(wrong) - sum(fixed) > 10
    assert measured["wrong: curl"] == measured["fix: curl"] == ["curl ", CERTIFICATES]


def test_package_removed_later_stays(snippet, measured):
    """A program that a later `RUN apt-get purge` removes is not in the container, but its package
    and more than 10 MB of package lists remain in the image."""
    snippet("build.sh", "package-later")
    measured["MB per layer"] = mb_per_layer(snippet("history.sh", "package-later"), 2)
    programs = files_per_layer(snippet("layers.sh", "package-later", "^usr/bin/(.wh.)?wget"))
    lists = files_per_layer(snippet("layers.sh", "package-later", "^var/lib/apt/lists/[^.]"))
    measured["MB of package lists in the first layer"] = round(sum(lists[0].values()) / 1e6, 1)
    shown = snippet("show.sh", "package-later", "/usr/bin/wget", check=False)

    assert shown.code == 1
    assert "/usr/bin/wget: No such file" in shown.stderr
    assert programs[0]["usr/bin/wget"] > 100_000
    assert programs[1] == {"usr/bin/.wh.wget": 0}
    assert measured["MB of package lists in the first layer"] > 10
    assert measured["MB per layer"][0] > 10


def test_package_in_one_run_is_gone(snippet, measured):
    """A package that one `RUN` installs, uses and purges, together with the package lists and
    apt's cache, is in no layer, and the step adds less than 5 MB."""
    snippet("build.sh", "package-one-run")
    measured["MB per layer"] = mb_per_layer(snippet("history.sh", "package-one-run"), 1)
    measured["used"] = snippet("show.sh", "package-one-run", "/wget-version").out[:8]
    programs = files_per_layer(snippet("layers.sh", "package-one-run", "^usr/bin/(.wh.)?wget"))
    measured["programs per layer"] = programs
    of_apt = snippet("layers.sh", "package-one-run", "^var/(lib/apt/lists|cache/apt)/.*[^/]$")
    (layer,) = files_per_layer(of_apt)
    measured["lists and archives"] = [name for name in layer if "/.wh." not in name]

    assert measured["used"] == "GNU Wget"
    assert measured["lists and archives"] == []
    assert measured["programs per layer"] == [{}]
    assert sum(measured["MB per layer"]) < 5


def test_chmod_stores_the_file_again(snippet, measured):
    """A later `RUN chmod` that changes the mode stores the whole file again: both layers hold all
    20 MB of it."""
    snippet("build.sh", "chmod")
    measured["MB per layer"] = mb_per_layer(snippet("history.sh", "chmod"), 2)
    layers = files_per_layer(snippet("layers.sh", "chmod"))

    assert measured["MB per layer"] == [20, 20]
    assert layers == [{"big": 20_000_000}] * 2


def test_chmod_in_the_same_run_is_free(snippet, measured):
    """A `chmod` in the `RUN` that creates the file costs nothing: the image holds the file once, in
    one layer."""
    snippet("build.sh", "chmod-one-run")
    measured["MB per layer"] = mb_per_layer(snippet("history.sh", "chmod-one-run"), 1)
    layers = files_per_layer(snippet("layers.sh", "chmod-one-run"))

    assert measured["MB per layer"] == [20]
    assert layers == [{"big": 20_000_000}]


def test_other_changes_store_the_file_again(snippet, measured):
    """In a later `RUN`, `chown`, `touch`, an appended byte, `mv` and a hard link each store all 20
    MB again; a symbolic link stores nothing of the file."""
    snippet("build.sh", "touched")
    measured["MB per layer"] = mb_per_layer(snippet("history.sh", "touched"), 7)

    assert measured["MB per layer"] == [20] * 6 + [0]


@pytest.mark.applies(store="classic")
def test_same_mode_is_stored_again_with_the_classic_store(snippet, measured):
    """With the classic image store, even a later `chmod` to the mode that the file already has
    stores all 20 MB again, with both builders."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "chmod-same", env=env)
        measured[builder] = mb_per_layer(snippet("history.sh", "chmod-same"), 2)

    assert measured == {builder: [20, 20] for builder in BUILDERS}


@pytest.mark.applies(store="containerd")
def test_same_mode_is_free_with_the_containerd_store(snippet, measured):
    """With the containerd image store, a later `chmod` to the mode that the file already has stores
    nothing: BuildKit adds an empty layer, the legacy builder none."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "chmod-same", env=env)
        measured[f"{builder}: MB"] = mb_per_layer(snippet("history.sh", "chmod-same"), 2)
        measured[f"{builder}: files"] = files_per_layer(snippet("layers.sh", "chmod-same"))

    for builder in BUILDERS:
        assert measured[f"{builder}: MB"] == [20, 0]
    assert measured["BuildKit: files"] == [{"big": 20_000_000}, {}]
    assert measured["legacy: files"] == [{"big": 20_000_000}]


def test_deleted_file_is_hidden_in_the_container(snippet, measured):
    """In a container of the image, reading the deleted file fails: `No such file or directory`."""
    snippet("build.sh", "secret")
    shown = snippet("show.sh", "secret", "/password", check=False)
    measured["exit code"] = shown.code

    assert shown.code == 1
    assert "/password': No such file or directory" in shown.stderr


def test_deleted_file_can_be_read_again(snippet, measured):
    """Anyone who has the image can read the deleted file: `docker save` writes the layer that still
    holds it."""
    snippet("build.sh", "secret")
    measured["recovered"] = snippet("recover.sh").out

    assert measured["recovered"] == "correct horse battery staple"


def instructions(snippet, env):
    """Each instruction of instructions.Dockerfile, and whether it made a layer."""
    snippet("build.sh", "instructions", env=env)
    made = {}
    for line in snippet("made.sh", "instructions").out.splitlines():
        kind, created_by = line.split(": ", maxsplit=1)
        # The legacy builder writes `/bin/sh -c #(nop)  ENV …`, and plain `/bin/sh -c …` for RUN.
        text = re.sub(r"^/bin/\w+ -c #\(nop\) +", "", created_by)
        text = re.sub(r"^(RUN )?(\|1 VERSION=1 )?/bin/sh -c ", "RUN ", text)
        made[text.removesuffix(" # buildkit").strip()] = kind == "layer"
    return made


def kinds(made, start):
    """Whether each instruction that starts so made a layer; here there is one of each."""
    return [layer for text, layer in made.items() if re.match(rf"{start}(\s|$)", text)]


def test_instructions_that_write_make_a_layer(snippet, measured):
    """With both builders, a `RUN`, `COPY` or `ADD` that writes a file and a `WORKDIR` that creates
    its directory each make a layer."""
    writing = ["RUN echo", "COPY", "ADD", "WORKDIR /made/by/workdir"]
    for builder, env in BUILDERS.items():
        made = instructions(snippet, env)
        measured[builder] = [start for start in writing if kinds(made, start) == [True]]

    assert measured == dict.fromkeys(BUILDERS, writing)


def test_other_instructions_are_metadata(snippet, measured):
    """With both builders, `MAINTAINER`, `ARG`, `ENV`, `LABEL`, `USER`, `EXPOSE`, `VOLUME`,
    `STOPSIGNAL`, `HEALTHCHECK`, `SHELL`, `ENTRYPOINT` and `CMD` make no layer, only metadata."""
    for builder, env in BUILDERS.items():
        made = instructions(snippet, env)
        measured[builder] = [word for word in METADATA if kinds(made, word) == [False]]

    assert measured == dict.fromkeys(BUILDERS, METADATA)


def test_onbuild_makes_no_layer(snippet, measured):
    """`ONBUILD` makes no layer either; the legacy builder lists it in the image's history, BuildKit
    does not."""
    for builder, env in BUILDERS.items():
        made = instructions(snippet, env)
        measured[f"{builder}: entries that made a layer"] = kinds(made, "ONBUILD")
        measured[f"{builder}: layers"] = sum(made.values())

    assert measured["legacy: entries that made a layer"] == [False]
    assert measured["BuildKit: entries that made a layer"] == []
    assert measured["legacy: layers"] == 4
    assert measured["BuildKit: layers"] == 6


def test_idle_run_makes_an_empty_layer_with_buildkit(snippet, measured):
    """A `RUN` that writes nothing and a `WORKDIR` that already exists, other than `/`, make an
    empty layer with BuildKit, and none with the legacy builder."""
    idle = ["RUN true", "WORKDIR /tmp", "WORKDIR /"]
    for builder, env in BUILDERS.items():
        made = instructions(snippet, env)
        measured[builder] = [start for start in idle if kinds(made, start) == [True]]
    layers = files_per_layer(snippet("layers.sh", "instructions"))
    measured["files in those layers"] = [sorted(layers[0]), sorted(layers[4])]
    root = kinds(made, "WORKDIR /")

    assert measured["BuildKit"] == ["RUN true", "WORKDIR /tmp"]
    assert measured["legacy"] == []
    assert root == [False]
    assert measured["files in those layers"] == [[], []]
