"""What do multi-stage builds and COPY --from save?"""

import re

from faq.lab.saved_image import saved

SAFE_ON_YOUR_ENGINE = True

BUSYBOX = "busybox:stable"
LEGACY = {"DOCKER_BUILDKIT": "0"}
BUILDKIT = {"DOCKER_BUILDKIT": "1"}
BUILDERS = {"legacy": LEGACY, "BuildKit": BUILDKIT}
MB = 1_000_000


def mb(sizes):
    return [round(size / MB, 1) for size in sizes]


def test_only_what_is_copied_is_in_the_image(engine, snippet, measured):
    """With both builders, the image of the last stage has one layer above its base, with the file
    copied from the other stage; the 20 MB of tools beside it there are not in the image."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "multi-stage", env=env)
        image = saved(engine, "faq-multi-stage", base=BUSYBOX)
        measured[f"{builder}: files per layer"] = [sorted(files) for files in image.files]
        measured[f"{builder}: MB per layer"] = mb(image.sizes)
        measured[f"{builder}: bytes"] = sum(image.sizes)

    for builder in BUILDERS:
        assert measured[f"{builder}: files per layer"] == [["program"]]
        assert measured[f"{builder}: bytes"] < 1000


def test_one_stage_keeps_the_tools(engine, snippet, measured):
    """With one stage, the same steps leave an image that holds the program and the 20 MB of
    tools."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "single-stage", env=env)
        image = saved(engine, "faq-single-stage", base=BUSYBOX)
        measured[f"{builder}: MB per layer"] = mb(image.sizes)
        measured[f"{builder}: files"] = sorted(path for layer in image.files for path in layer)

    for builder in BUILDERS:
        assert measured[f"{builder}: MB per layer"] == [20.0, 0.0]
        assert measured[f"{builder}: files"] == ["program", "tools"]


def test_history_of_the_other_stage_is_not_in_the_image(engine, snippet, measured):
    """The image's history has the last stage's instructions only: with both builders the `RUN`s of
    the other stage are not in it, and with one stage they are."""
    for name in ("multi-stage", "single-stage"):
        for builder, env in BUILDERS.items():
            snippet("build.sh", name, env=env)
            history = saved(engine, f"faq-{name}", base=BUSYBOX).history
            measured[f"{name}, {builder}"] = list(history_words(history))

    for builder in BUILDERS:
        assert measured[f"multi-stage, {builder}"] == ["COPY"]
        assert measured[f"single-stage, {builder}"] == ["RUN", "RUN"]


def history_words(history):
    """The instructions of a history; the legacy builder writes `COPY` after `#(nop)`, no `RUN`."""
    for created_by, _ in history:
        match = re.match(r"(?:/bin/sh -c #\(nop\) +)?(COPY|RUN|/bin/sh)", created_by)
        yield match[1].replace("/bin/sh", "RUN")


def test_buildkit_skips_a_stage_that_nothing_needs(snippet, measured):
    """BuildKit does not build a stage that the last one does not need: one that can only fail does
    no harm; the legacy builder runs it, and the build fails."""
    for builder, env in BUILDERS.items():
        measured[builder] = snippet("build.sh", "unused", env=env, check=False).code

    assert measured == {"legacy": 3, "BuildKit": 0}


def test_a_stage_that_is_copied_from_is_built(snippet, measured):
    """Copied from, the same stage is built by both builders, and its failure fails the build."""
    for builder, env in BUILDERS.items():
        measured[builder] = snippet("build.sh", "used", env=env, check=False).code

    assert measured == {"legacy": 3, "BuildKit": 1}


def test_target_stops_at_a_stage(engine, snippet, measured):
    """With both builders, `--target base` makes an image of that stage and does not run the later
    one that can only fail; `--target test` runs it and fails."""
    for builder, env in BUILDERS.items():
        base = snippet("build.sh", "target", "--target", "base", env=env, check=False).code
        measured[f"{builder}: exit code of base"] = base
        measured[f"{builder}: /stage"] = engine.run("docker run --rm faq-target cat /stage").out
        test = snippet("build.sh", "target", "--target", "test", env=env, check=False).code
        measured[f"{builder}: test fails"] = test != 0

    for builder in BUILDERS:
        assert measured[f"{builder}: exit code of base"] == 0
        assert measured[f"{builder}: /stage"] == "base"
        assert measured[f"{builder}: test fails"]


def test_copy_from_takes_any_image(engine, snippet, measured):
    """`COPY --from` also takes an image by name, which no stage is built from: with both builders
    that one file of it is all that is added."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "other-image", env=env)
        files = saved(engine, "faq-other-image", base=BUSYBOX).files
        measured[builder] = [sorted(layer) for layer in files]
        shown = engine.run("docker run --rm faq-other-image cat /debian_version").out
        measured[f"{builder}: begins with"] = shown[:3]

    assert [measured[builder] for builder in BUILDERS] == [[["debian_version"]]] * 2
    assert [measured[f"{builder}: begins with"] for builder in BUILDERS] == ["12."] * 2


def test_copy_from_keeps_mode_and_owner(engine, snippet, measured):
    """A folder copied with `COPY --from` is one layer, and its files keep their mode (750) and
    owner (1000), with both builders."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "tree", env=env)
        image = saved(engine, "faq-tree", base=BUSYBOX)
        measured[builder] = modes(engine, "/bin/program", "/share/text")
        measured[f"{builder}: layers"] = len(image.layers)

    for builder in BUILDERS:
        assert measured[builder] == ["750 0", "644 1000"]
        assert measured[f"{builder}: layers"] == 1


def modes(engine, *paths):
    """Mode and owner of files of the image faq-tree."""
    return engine.run(
        f"docker run --rm faq-tree stat -c '%a %u' {' '.join(paths)}"
    ).out.splitlines()
