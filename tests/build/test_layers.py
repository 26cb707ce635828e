"""Which instructions make layers, and how do I order a Dockerfile?"""

import re
from itertools import chain, zip_longest

import pytest

from faq.lab.saved_image import saved

SAFE_ON_YOUR_ENGINE = True

BUSYBOX = "busybox:stable"
UNITS = {"B": 1e-6, "kB": 1e-3, "MB": 1, "GB": 1000}
BUILDERS = {"legacy": {"DOCKER_BUILDKIT": "0"}, "BuildKit": {"DOCKER_BUILDKIT": "1"}}
MB = 1_000_000
AGAIN = "The RUN ran again."
CACHED = "The RUN came from the cache."


def shared(printed):
    """Which layers both images of `rebuild.sh` have, the base image's first."""
    first, second = (line.partition(":")[2].split() for line in printed.out.splitlines())
    return [a == b for a, b in zip_longest(first, second)]


def base_layers(engine):
    """How many layers the base image has."""
    return int(
        engine.run(f"docker image inspect --format '{{{{len .RootFS.Layers}}}}' {BUSYBOX}").out
    )


def mb_per_layer(printed, count):
    """The MB of the last layers of an image, the last one last, as `history.sh` prints them."""
    sizes = re.findall(r"^([\d.]+)([kMG]?B) ", printed.out, re.MULTILINE)[:count]
    return [round(float(number) * UNITS[unit], 1) for number, unit in reversed(sizes)]


def too_deep(result):
    """Whether an engine says that there are too many layers."""
    return "max depth exceeded" in result.text


def count_of_layers(built):
    """How many layers an image has, as `many.sh` prints it last."""
    return int(re.search(r"^(\d+) layers$", built.stdout, re.MULTILINE)[1])


def test_packages_are_installed_once(snippet, measured):
    """With only the package list copied before the `RUN` that installs it, a changed program
    replaces one layer, the last; with everything copied first, the `RUN` runs again."""
    for name in ("wrong", "fix"):
        measured[f"{name}: layers shared"] = shared(snippet("rebuild.sh", name, "app.sh"))

    assert measured["wrong: layers shared"] == [True, True, False, False]
    assert measured["fix: layers shared"] == [True, True, True, True, False]


def test_program_first_runs_the_dependencies_again(engine, snippet, measured):
    """With both builders, a changed program that is copied before the dependency step makes that
    step run again."""
    base = [True] * base_layers(engine)
    for builder, env in BUILDERS.items():
        measured[builder] = shared(snippet("rebuild.sh", "early", "app.sh", env=env))

    for builder in BUILDERS:
        assert measured[builder] == [*base, False, False]


def test_program_last_reuses_the_dependencies(engine, snippet, measured):
    """With both builders, a changed program that is copied after the dependency step leaves that
    step in the cache."""
    base = [True] * base_layers(engine)
    for builder, env in BUILDERS.items():
        measured[builder] = shared(snippet("rebuild.sh", "late", "app.sh", env=env))

    for builder in BUILDERS:
        assert measured[builder] == [*base, True, True, False]


def test_changed_requirements_run_the_dependencies_again(engine, snippet, measured):
    """With both builders and the program copied last, changed requirements, copied before the
    dependency step, make it run again."""
    base = [True] * base_layers(engine)
    for builder, env in BUILDERS.items():
        result = snippet("rebuild.sh", "late", "requirements.txt", env=env)
        measured[builder] = shared(result)[:-1]

    for builder in BUILDERS:
        assert measured[builder] == [*base, False, False]


def test_images_share_the_layers_before_the_change(engine, snippet, measured):
    """With the program copied last, the images before and after its change share all layers but
    the last; with it copied first, only the base image's."""
    base = [True] * base_layers(engine)
    for builder, env in BUILDERS.items():
        for order in ("late", "early"):
            result = snippet("rebuild.sh", order, "app.sh", env=env)
            measured[f"{builder}, {order}: layers shared"] = shared(result)

    for builder in BUILDERS:
        assert measured[f"{builder}, late: layers shared"] == [*base, True, True, False]
        assert measured[f"{builder}, early: layers shared"] == [*base, False, False]


def test_changed_env_runs_later_steps_again(snippet, measured):
    """With both builders, a changed `ENV`, which makes no layer, makes the `RUN` after it run
    again."""
    for builder, env in BUILDERS.items():
        measured[builder] = snippet("metadata.sh", "ENV VERSION=", "1", "2", env=env).out

    assert measured == dict.fromkeys(BUILDERS, AGAIN)


def test_changed_label_runs_later_steps_again_only_with_legacy(snippet, measured):
    """With the legacy builder, a changed `LABEL`, `EXPOSE` or `CMD` makes the `RUN` after it run
    again; with BuildKit that `RUN` comes from the cache."""
    expected = {"legacy": AGAIN, "BuildKit": CACHED}
    for builder, env in BUILDERS.items():
        for word in ("LABEL version=", "EXPOSE ", "CMD "):
            run = snippet("metadata.sh", word, "1", "2", env=env)
            measured[f"{builder}: {word.split()[0]}"] = run.out

    for key, printed in measured.items():
        assert printed == expected[key.split(":")[0]]


def test_number_of_layers_does_not_matter(engine, snippet, measured):
    """With both builders, where nothing is deleted or changed again, three `RUN`s store the same
    files and bytes in three layers as one `RUN` does in one."""
    for builder, env in BUILDERS.items():
        stored = {}
        for name, count in {"one-run": 1, "three-runs": 3}.items():
            snippet("build.sh", name, env=env)
            sizes = mb_per_layer(snippet("history.sh", name), count)
            measured[f"{builder}, {name}: MB per layer"] = sizes
            layers = saved(engine, f"faq-{name}", base=BUSYBOX).files
            stored[name] = sorted(chain.from_iterable(layer.items() for layer in layers))
            measured[f"{builder}, {name}: layers"] = len(layers)
        measured[f"{builder}: same files and bytes"] = stored["one-run"] == stored["three-runs"]

    for builder in BUILDERS:
        assert measured[f"{builder}, one-run: MB per layer"] == [6]
        assert measured[f"{builder}, three-runs: MB per layer"] == [1, 2, 3]
        assert measured[f"{builder}: same files and bytes"] is True
        assert measured[f"{builder}, one-run: layers"] == 1
        assert measured[f"{builder}, three-runs: layers"] == 3


@pytest.mark.applies(store="classic")
def test_image_of_128_layers_is_built_and_does_not_run(engine, snippet, measured):
    """With BuildKit and the classic image store (overlay2), an image of 127 layers runs; one of 128
    can be built, but `docker run` fails: `max depth exceeded`."""
    base = base_layers(engine)
    for count in (127, 128):
        added = str(count - base)
        built = snippet("many.sh", added, env=BUILDERS["BuildKit"])
        ran = snippet("try.sh", added, check=False)
        measured[f"{count_of_layers(built)} layers"] = [ran.code, too_deep(ran)]

    assert measured == {"127 layers": [0, False], "128 layers": [125, True]}


@pytest.mark.applies(store="classic")
def test_builders_stop_at_a_depth(engine, snippet, measured):
    """With the classic image store (overlay2), BuildKit builds 129 layers and the legacy builder
    125; one more layer and the build fails: `max depth exceeded`."""
    base = base_layers(engine)
    for builder, counts in {"BuildKit": (129, 130), "legacy": (125, 126)}.items():
        for count in counts:
            built = snippet("many.sh", str(count - base), env=BUILDERS[builder], check=False)
            measured[f"{builder}: {count} layers"] = [built.code, too_deep(built)]
            if built.code == 0:
                assert count_of_layers(built) == count

    found = list(measured.values())
    assert found == [[0, False], [1, True]] * 2


@pytest.mark.applies(store="containerd")
def test_containerd_store_runs_150_layers(engine, snippet, measured):
    """With BuildKit and the containerd image store, an image of 150 layers can be built and
    runs."""
    added = str(150 - base_layers(engine))
    built = snippet("many.sh", added, env=BUILDERS["BuildKit"])
    measured["layers"] = count_of_layers(built)
    measured["docker run prints"] = snippet("try.sh", added).out

    assert measured["layers"] == 150
    assert measured["docker run prints"] == "it runs"


def test_apt_get_has_no_uninstall(snippet, measured):
    """`apt-get uninstall` is not an operation of apt: it fails with exit code 100 and `Invalid
    operation uninstall`; `apt-get remove` removes the package."""
    wrong = snippet("apt-get.sh", "uninstall", check=False)
    right = snippet("apt-get.sh", "remove", check=False)
    measured["exit code of uninstall"] = wrong.code
    measured["exit code of remove"] = right.code

    assert wrong.code == 100
    assert "Invalid operation uninstall" in wrong.stderr
    assert right.code == 0
    assert "Removing tzdata" in right.out
