"""What do multi-stage builds and COPY --from save?"""

import re

SAFE_ON_YOUR_ENGINE = True

UNITS = {"B": 1e-6, "kB": 1e-3, "MB": 1, "GB": 1000}
LEGACY = {"DOCKER_BUILDKIT": "0"}
BUILDKIT = {"DOCKER_BUILDKIT": "1"}
BUILDERS = {"legacy": LEGACY, "BuildKit": BUILDKIT}


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


def history_words(printed):
    """The instructions of a history; the legacy builder writes `COPY` after `#(nop)`, no `RUN`."""
    for line in printed.out.splitlines():
        created_by = re.sub(r"^\S+ (/bin/sh -c #\(nop\) +)?", "", line)
        yield created_by.split(" ")[0].replace("/bin/sh", "RUN")


def test_compiler_stays_behind(snippet, measured):
    """A one-stage image that compiles a C program adds more than 100 MB to its base; with a second
    stage it adds less than 1 MB, and both print `hello`."""
    for name, count in {"wrong": 4, "fix": 2}.items():
        snippet("build.sh", name)
        measured[f"{name}: MB"] = sum(mb_per_layer(snippet("history.sh", name), count))
        measured[f"{name}: prints"] = snippet("run.sh", name).out

    assert measured["wrong: MB"] > 100
    assert measured["fix: MB"] < 1
    assert [measured["wrong: prints"], measured["fix: prints"]] == ["hello"] * 2


def test_only_what_is_copied_is_in_the_image(snippet, measured):
    """With both builders, the image has one layer above its base, which holds only the copied file;
    the other stage's 20 MB of tools are not in it."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "multi-stage", env=env)
        files = files_per_layer(snippet("layers.sh", "multi-stage"))
        measured[f"{builder}: files per layer"] = [sorted(layer) for layer in files]
        measured[f"{builder}: MB per layer"] = mb_per_layer(snippet("history.sh", "multi-stage"), 1)

    for builder in BUILDERS:
        assert measured[f"{builder}: files per layer"] == [["program"]]
        assert measured[f"{builder}: MB per layer"] == [0]


def test_one_stage_keeps_the_tools(snippet, measured):
    """With both builders, the same steps in one stage leave an image that holds the program and the
    20 MB of tools."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "single-stage", env=env)
        files = files_per_layer(snippet("layers.sh", "single-stage"))
        measured[f"{builder}: files per layer"] = [sorted(layer) for layer in files]
        history = snippet("history.sh", "single-stage")
        measured[f"{builder}: MB per layer"] = mb_per_layer(history, 2)

    for builder in BUILDERS:
        assert measured[f"{builder}: files per layer"] == [["tools"], ["program"]]
        assert measured[f"{builder}: MB per layer"] == [20, 0]


def test_history_of_the_other_stage_is_not_in_the_image(snippet, measured):
    """With both builders, the image's history lists the last stage's instructions above those of
    its base image, and no `RUN` of the other stage; with one stage it lists both."""
    for name in ("multi-stage", "single-stage"):
        for builder, env in BUILDERS.items():
            snippet("build.sh", name, env=env)
            words = list(history_words(snippet("history.sh", name)))
            measured[f"{name}, {builder}"] = [word for word in words if word in ("COPY", "RUN")]

    for builder in BUILDERS:
        assert measured[f"multi-stage, {builder}"][0] == "COPY"
        assert "RUN" not in measured[f"multi-stage, {builder}"]
        assert measured[f"single-stage, {builder}"][:2] == ["RUN", "RUN"]


def test_buildkit_skips_a_stage_that_nothing_needs(snippet, measured):
    """BuildKit skips a stage that the last one does not need, even if it can only fail; the legacy
    builder runs it, and the build fails."""
    for builder, env in BUILDERS.items():
        built = snippet("build.sh", "unused", env=env, check=False)
        measured[f"{builder}: exit code"] = built.code
        measured[f"{builder}: runs the stage"] = "exit 3" in built.text

    assert measured["legacy: exit code"] == 3
    assert measured["legacy: runs the stage"] is True
    assert measured["BuildKit: exit code"] == 0
    assert measured["BuildKit: runs the stage"] is False


def test_a_stage_that_is_copied_from_is_built(snippet, measured):
    """If the last stage copies a file from the failing stage, both builders run that stage, and the
    build fails with its `exit 3`."""
    for builder, env in BUILDERS.items():
        built = snippet("build.sh", "used", env=env, check=False)
        measured[f"{builder}: exit code"] = built.code
        measured[f"{builder}: failed step"] = re.findall(r"/bin/sh -c exit 3", built.text)[:1]

    assert measured["legacy: exit code"] == 3
    assert measured["BuildKit: exit code"] == 1
    for builder in BUILDERS:
        assert measured[f"{builder}: failed step"] == ["/bin/sh -c exit 3"]


def test_target_stops_at_a_stage(snippet, measured):
    """With both builders, `--target base` builds that stage and not the later one, which can only
    fail; `--target test` builds the later one and fails."""
    for builder, env in BUILDERS.items():
        base = snippet("build.sh", "target", "--target", "base", env=env, check=False)
        measured[f"{builder}: exit code of base"] = base.code
        measured[f"{builder}: /stage"] = snippet("show.sh", "target", "/stage").out
        test = snippet("build.sh", "target", "--target", "test", env=env, check=False)
        measured[f"{builder}: exit code of test"] = test.code

    for builder in BUILDERS:
        assert measured[f"{builder}: exit code of base"] == 0
        assert measured[f"{builder}: /stage"] == "base"
    assert measured["legacy: exit code of test"] == 3
    assert measured["BuildKit: exit code of test"] == 1


def test_copy_from_takes_any_image(snippet, measured):
    """With both builders, `COPY --from` also takes the name of an image that is not a stage, and
    adds only the copied file, here `/etc/debian_version` of Debian 12."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "other-image", env=env)
        files = files_per_layer(snippet("layers.sh", "other-image"))
        measured[f"{builder}: files per layer"] = [sorted(layer) for layer in files]
        shown = snippet("show.sh", "other-image", "/debian_version").out
        measured[f"{builder}: begins with"] = shown[:3]

    for builder in BUILDERS:
        assert measured[f"{builder}: files per layer"] == [["debian_version"]]
        assert measured[f"{builder}: begins with"] == "12."


def test_copy_from_keeps_mode_and_owner(snippet, measured):
    """With both builders, a directory copied with `COPY --from` is one layer, and its files keep
    their modes (750 and 644) and their owner (1000)."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "tree", env=env)
        files = files_per_layer(snippet("layers.sh", "tree"))
        measured[f"{builder}: files per layer"] = [sorted(layer) for layer in files]
        stat = snippet("stat.sh", "tree", "/bin/program", "/share/text")
        measured[builder] = stat.out.splitlines()

    for builder in BUILDERS:
        assert measured[builder] == ["750 1000 /bin/program", "644 1000 /share/text"]
        assert measured[f"{builder}: files per layer"] == [["bin/program", "share/text"]]


def test_chown_changes_the_owner(snippet, measured):
    """With both builders, `COPY --from` with `--chown=0:0` makes root the owner of a file that
    belongs to user 1000 in the other stage."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "owner", env=env)
        measured[builder] = snippet("stat.sh", "owner", "/program").out

    assert measured == dict.fromkeys(BUILDERS, "644 0 /program")
