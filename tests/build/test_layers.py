"""Which instructions make layers, and how do I order a Dockerfile?"""

import json

import pytest

from faq.lab.saved_image import saved

SAFE_ON_YOUR_ENGINE = True

BUSYBOX = "busybox:stable"
BUILDERS = {"legacy": {"DOCKER_BUILDKIT": "0"}, "BuildKit": {"DOCKER_BUILDKIT": "1"}}
MB = 1_000_000


def reused(result):
    """Whether both builds have the same dependencies, so that the second one took the first's."""
    first, second = result.out.splitlines()
    return first == second


def layers(engine, tag):
    """The layers of an image, from the base image up."""
    return json.loads(
        engine.run(f"docker image inspect --format '{{{{json .RootFS.Layers}}}}' {tag}").out
    )


def too_deep(result):
    """Whether an engine says that there are too many layers."""
    return "max depth exceeded" in result.text


def test_program_first_runs_the_dependencies_again(snippet, measured):
    """With both builders, a changed program that is copied before the dependency step makes that
    step run again."""
    for builder, env in BUILDERS.items():
        measured[builder] = reused(snippet("rebuild.sh", "early", "app.sh", env=env))

    assert measured == dict.fromkeys(BUILDERS, False)


def test_program_last_reuses_the_dependencies(snippet, measured):
    """With both builders, a changed program that is copied after the dependency step leaves that
    step in the cache."""
    for builder, env in BUILDERS.items():
        measured[builder] = reused(snippet("rebuild.sh", "late", "app.sh", env=env))

    assert measured == dict.fromkeys(BUILDERS, True)


def test_changed_requirements_run_the_dependencies_again(snippet, measured):
    """With both builders and the program copied last, changed requirements, copied before the
    dependency step, make it run again."""
    for builder, env in BUILDERS.items():
        measured[builder] = reused(snippet("rebuild.sh", "late", "requirements.txt", env=env))

    assert measured == dict.fromkeys(BUILDERS, False)


def test_images_share_the_layers_before_the_change(engine, snippet, measured):
    """With the program copied last, the images before and after a change of it share all layers but
    the last; with it copied first, they share those of the base image only."""
    base = len(layers(engine, BUSYBOX))
    for builder, env in BUILDERS.items():
        for order in ("late", "early"):
            snippet("rebuild.sh", order, "app.sh", env=env)
            first, second = (layers(engine, f"faq-{order}-app-{n}") for n in ("first", "second"))
            same = [a == b for a, b in zip(first, second, strict=True)]
            measured[f"{builder}, {order}: layers above the base shared"] = same[base:]

    for builder in BUILDERS:
        assert measured[f"{builder}, late: layers above the base shared"] == [True, True, False]
        assert measured[f"{builder}, early: layers above the base shared"] == [False, False]


def test_changed_env_runs_later_steps_again(snippet, measured):
    """With both builders, a changed `ENV`, which makes no layer, makes the `RUN` after it run
    again."""
    for builder, env in BUILDERS.items():
        measured[builder] = reused(snippet("metadata.sh", "ENV VERSION=", "1", "2", env=env))

    assert measured == dict.fromkeys(BUILDERS, False)


def test_changed_label_runs_later_steps_again_only_with_legacy(snippet, measured):
    """A changed `LABEL`, `EXPOSE` or `CMD` makes the `RUN` after it run again with the legacy
    builder, and leaves it in the cache with BuildKit."""
    for builder, env in BUILDERS.items():
        for word in ("LABEL version=", "EXPOSE ", "CMD "):
            run = snippet("metadata.sh", word, "1", "2", env=env)
            measured[f"{builder}: {word.split()[0].split('=')[0]}"] = reused(run)

    assert [again for key, again in measured.items() if key.startswith("legacy")] == [False] * 3
    assert [again for key, again in measured.items() if key.startswith("BuildKit")] == [True] * 3


def test_number_of_layers_does_not_matter(engine, snippet, measured):
    """Where nothing is deleted or changed again, three `RUN`s hold the same files and bytes in
    three layers as one `RUN` does in one."""
    for name in ("one-run", "three-runs"):
        snippet("build.sh", name, env=BUILDERS["BuildKit"])
        files = saved(engine, f"faq-{name}", base=BUSYBOX).files
        measured[f"{name}: MB per layer"] = [round(sum(layer.values()) / MB, 1) for layer in files]
        measured[f"{name}: bytes"] = sum(sum(layer.values()) for layer in files)

    assert measured["one-run: MB per layer"] == [6.0]
    assert measured["three-runs: MB per layer"] == [1.0, 2.0, 3.0]
    assert measured["one-run: bytes"] == measured["three-runs: bytes"] == 6 * MB


@pytest.mark.holds(store="classic")
def test_image_of_128_layers_is_built_and_does_not_run(engine, snippet, measured):
    """With BuildKit and the classic image store an image of 127 layers runs; one of 128 is built as
    well, but `docker run` fails: `max depth exceeded`."""
    base = len(layers(engine, BUSYBOX))
    for count in (127, 128):
        added = str(count - base)
        snippet("many.sh", added, env=BUILDERS["BuildKit"])
        ran = snippet("try.sh", added, check=False)
        found = len(layers(engine, f"faq-many:{added}"))
        measured[f"{found} layers"] = [ran.code, too_deep(ran)]

    assert measured == {"127 layers": [0, False], "128 layers": [125, True]}


@pytest.mark.holds(store="classic")
def test_builders_stop_at_a_depth(engine, snippet, measured):
    """With the classic image store BuildKit builds 129 layers and fails at 130, and the legacy
    builder builds 125 and fails at 126, both with `max depth exceeded`."""
    base = len(layers(engine, BUSYBOX))
    for builder, counts in {"BuildKit": (129, 130), "legacy": (125, 126)}.items():
        for count in counts:
            built = snippet("many.sh", str(count - base), env=BUILDERS[builder], check=False)
            measured[f"{builder}: {count} layers"] = [built.code, too_deep(built)]

    found = list(measured.values())
    assert found == [[0, False], [1, True]] * 2


@pytest.mark.holds(store="containerd")
def test_containerd_store_runs_150_layers(engine, snippet, measured):
    """With BuildKit and the containerd image store an image of 150 layers is built and runs."""
    added = str(150 - len(layers(engine, BUSYBOX)))
    built = snippet("many.sh", added, env=BUILDERS["BuildKit"], check=False)
    measured["exit code of the build"] = built.code

    assert built.code == 0
    measured["layers"] = len(layers(engine, f"faq-many:{added}"))
    assert measured["layers"] == 150
    assert snippet("try.sh", added).out == "it runs"


def test_apt_get_has_no_uninstall(snippet, measured):
    """`apt-get uninstall` is not an operation of apt: it fails with exit code 100 and `Invalid
    operation uninstall`, where `apt-get remove` works."""
    wrong = snippet("apt-get.sh", "uninstall", "tzdata", check=False)
    right = snippet("apt-get.sh", "remove", "--simulate", "tzdata", check=False)
    measured["exit code of uninstall"] = wrong.code
    measured["exit code of remove"] = right.code

    assert wrong.code == 100
    assert "Invalid operation uninstall" in wrong.stderr
    assert right.code == 0
