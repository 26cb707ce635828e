"""What do --cache-to and --cache-from do, and what does --mount=type=cache?"""

import re

import pytest

from faq.lab.saved_image import saved

BUSYBOX = "busybox:stable"
BUILDKIT = {"DOCKER_BUILDKIT": "1"}
INLINE = "BUILDKIT_INLINE_CACHE=1"
MB = 1_000_000


def error(result):
    """Why a build was refused, without the words around it."""
    found = re.search(r"unknown flag: --[\w-]+|Cache export is not supported[\w ]+", result.text)
    return found[0] if found else ""


def test_inline_cache_comes_with_the_image(snippet, measured):
    """Built with `BUILDKIT_INLINE_CACHE=1` and pushed, an image brings its cache: on a builder that
    knows nothing, `--cache-from` it reuses the step; without that argument the step runs again."""
    for argument in (INLINE, "BUILDKIT_INLINE_CACHE=0"):
        first, again = snippet("inline.sh", argument, env=BUILDKIT).out.splitlines()
        measured[f"{argument}: step reused"] = first == again

    assert list(measured.values()) == [True, False]


@pytest.mark.holds(since="23.0")
def test_cache_to_inline_is_accepted(snippet, measured):
    """`docker build --cache-to type=inline` works with both image stores."""
    built = snippet("cache-to.sh", "type=inline", env=BUILDKIT, check=False)
    measured["exit code"] = built.code
    measured["error"] = error(built)

    assert built.code == 0


@pytest.mark.holds(until="23.0")
def test_cache_to_needs_buildx(snippet, measured):
    """Where `docker build` is not buildx, as on 20.10, it says `unknown flag: --cache-to`."""
    built = snippet("cache-to.sh", "type=inline", env=BUILDKIT, check=False)
    measured["exit code"] = built.code
    measured["error"] = error(built)

    assert measured["exit code"] != 0
    assert measured["error"] == "unknown flag: --cache-to"


@pytest.mark.holds(since="23.0", store="classic")
def test_classic_store_exports_no_cache(snippet, measured):
    """With the classic image store, `--cache-to type=local` and `type=registry` stop with `Cache
    export is not supported for the docker driver`."""
    for to in ("type=local,dest=cache", "type=registry,ref=registry:5000/faq-cache"):
        built = snippet("cache-to.sh", to, env=BUILDKIT, check=False)
        measured[to.split(",")[0]] = [built.code, error(built)]

    message = "Cache export is not supported for the docker driver"
    assert list(measured.values()) == [[1, message], [1, message]]


@pytest.mark.holds(store="containerd")
def test_containerd_store_exports_to_a_folder_and_a_registry(snippet, measured):
    """With the containerd image store, a cache exported to a folder or a registry is used by a
    builder that knows nothing else: the step is reused."""
    registry = "type=registry,ref=registry:5000/faq-cache"
    for to, source in (("type=local,dest=cache", "type=local,src=cache"), (registry, registry)):
        layers = snippet("round.sh", to, source, env=BUILDKIT, check=False).out.splitlines()
        measured[to.split(",")[0]] = compare(layers) == "reused"

    assert list(measured.values()) == [True, True]


@pytest.mark.holds(store="containerd")
def test_mode_max_has_the_other_stages(snippet, measured):
    """With `mode=min`, the default, the exported cache lacks the steps of a stage that is only
    copied from, and building that stage runs them again; with `mode=max` they are reused."""
    for mode in ("min", "max"):
        to, source = f"type=local,dest={mode},mode={mode}", f"type=local,src={mode}"
        rounds = snippet("round.sh", to, source, "build", env=BUILDKIT, check=False)
        measured[f"mode={mode}: steps"] = compare(rounds.out.splitlines())

    assert measured == {"mode=min: steps": "run again", "mode=max: steps": "reused"}


def compare(layers):
    """What the second build made of the step whose random number is in the first one's layer."""
    if len(layers) < 2:
        return "no cache was exported"
    return "reused" if layers[0] == layers[1] else "run again"


def test_cache_mount_is_not_in_the_image(engine, snippet, measured):
    """5 MB that a `RUN` writes to a cache mount are not in the image, where the folder is empty;
    what it writes beside the mount is. Without the mount all of it is in the layer."""
    for name in ("mount", "no-mount"):
        snippet("build.sh", name, "--build-arg", "BUILD=first", env=BUILDKIT)
        (files,) = saved(engine, f"faq-{name}", base=BUSYBOX).files
        measured[f"{name}: files"] = sorted(files)
        measured[f"{name}: MB"] = round(sum(files.values()) / MB, 1)

    assert measured["mount: files"] == ["lines"]
    assert measured["mount: MB"] == 0
    assert measured["no-mount: files"] == ["cache/big", "cache/lines", "lines"]
    assert measured["no-mount: MB"] == 5


def test_prune_empties_cache_mounts(snippet, measured):
    """A second build finds in the cache mount what the first one wrote; after `docker builder
    prune`, with `--all` or without it, the mount is empty."""
    counts = snippet("prune.sh", env=BUILDKIT).out.split()
    measured["lines in the cache mount"] = [int(count) for count in counts]

    assert measured["lines in the cache mount"] == [1, 2, 1, 1]


@pytest.mark.holds(store="containerd")
def test_cache_mount_is_not_exported(snippet, measured):
    """The exported cache, even with `mode=max`, does not bring the cache mount: from it the same
    step is reused, and a changed one finds the mount empty."""
    lines = snippet("export-mount.sh", env=BUILDKIT, check=False).out.splitlines()
    measured["lines seen by each build"] = lines

    assert lines == ["one", "one two", "one two", "three"]


def test_cache_mount_hides_the_image(engine, snippet, measured):
    """A cache mount on a folder that has files in the image hides them: the `RUN` with the mount
    sees none, the next `RUN` without it does."""
    snippet("build.sh", "hidden", "--no-cache", env=BUILDKIT)
    for name in ("with-mount", "without-mount"):
        measured[name] = engine.run(f"docker run --rm faq-hidden cat /{name}").out

    assert measured == {"with-mount": "", "without-mount": "file"}


def test_cache_mount_can_make_an_old_result(snippet, measured):
    """A step that trusts what it finds in its cache mount gives the old result for a new source,
    until `--no-cache` empties the mount."""
    measured["results"] = snippet("stale.sh", env=BUILDKIT).out.splitlines()

    assert measured["results"] == ["one", "one", "two"]


def test_cache_mounts_are_shared_by_target(snippet, measured):
    """Without an `id`, builds that have nothing in common share the cache mount of the same target,
    and one reads what the other wrote; with an `id` of its own it finds the mount empty."""
    measured["seen"] = snippet("shared.sh", env=BUILDKIT).out.splitlines()

    assert measured["seen"] == ["from one"]


def test_debian_hook_empties_apt_cache_mounts(engine, snippet, measured):
    """A cache mount on `/var/cache/apt` of a Debian image keeps no package archive, as the hook
    `docker-clean` deletes them; with the hook removed it keeps them."""
    snippet("build.sh", "apt", "--no-cache", env=BUILDKIT)
    for name in ("with-hook", "without-hook"):
        listing = engine.run(f"docker run --rm faq-apt cat /{name}").out
        measured[name] = [deb.split("_")[0] for deb in listing.split() if deb.endswith(".deb")]

    assert measured == {"with-hook": [], "without-hook": ["bc"]}
