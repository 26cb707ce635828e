"""What do --cache-to and --cache-from do, and what does --mount=type=cache?"""

import re

import pytest

BUILDKIT = {"DOCKER_BUILDKIT": "1"}
INLINE = "--build-arg=BUILDKIT_INLINE_CACHE=1"
NOT_INLINE = "--build-arg=BUILDKIT_INLINE_CACHE=0"
LOCAL = ("type=local,dest=cache", "type=local,src=cache")
REGISTRY = ("type=registry,ref=registry:5000/faq-cache",) * 2
REFUSED = "Cache export is not supported for the docker driver"


def error(result):
    """Why a build was refused, without the words around it."""
    found = re.search(r"unknown flag: --[\w-]+|Cache export is not supported[\w ]+", result.text)
    return found[0] if found else ""


def compare(before, after):
    """What a later build made of the step whose random number is in the first one's layer."""
    return "reused" if before == after else "run again"


def test_fix_reuses_the_pushed_steps(snippet, measured):
    """With BuildKit, the commands of the fix reuse the steps of the image that they pushed, after
    the image and the build cache are gone from the builder."""
    snippet("registry.sh", env=BUILDKIT)
    layers = []
    for _ in range(2):
        snippet("fix.sh", env=BUILDKIT)
        layers.append(snippet("forget.sh", env=BUILDKIT).out)
    snippet("change.sh")
    snippet("fix.sh", env=BUILDKIT)
    changed = snippet("forget.sh", env=BUILDKIT).out
    measured["same Dockerfile: steps"] = compare(*layers)
    measured["changed Dockerfile: steps"] = compare(layers[0], changed)

    assert measured["same Dockerfile: steps"] == "reused"
    assert measured["changed Dockerfile: steps"] == "run again"


def test_fix_keeps_packages_outside_the_image(snippet, measured):
    """After a build of `fix.Dockerfile` with BuildKit, the cache mount holds the archive of `bc`
    for the next build; the image has `bc`, but neither archive nor package lists."""
    mount, *image = snippet("keep.sh", env=BUILDKIT).out.splitlines()
    names = mount.removeprefix("cache mount:").split()
    measured["archives in the cache mount"] = sorted(
        name.split("_")[0] for name in names if name.endswith(".deb")
    )
    measured["in the image"] = image

    assert "bc" in measured["archives in the cache mount"]
    assert measured["in the image"] == ["/usr/bin/bc"]


def test_inline_cache_comes_with_the_image(snippet, measured):
    """A pushed image built with `BUILDKIT_INLINE_CACHE=1` has its cache: with `--cache-from` the
    pulled image, a builder with an empty cache reuses the step; otherwise it runs again."""
    for option in (INLINE, NOT_INLINE):
        first, _, again, _ = snippet("inline.sh", option, env=BUILDKIT).out.splitlines()
        measured[f"{option.rpartition('=')[2]}: step"] = compare(first, again)

    assert measured == {"1: step": "reused", "0: step": "run again"}


def test_inline_cache_covers_the_final_stage_only(snippet, measured):
    """From the inline cache of a pushed image, an empty builder reuses the final stage; building an
    earlier stage runs its steps again."""
    layers = snippet("inline.sh", INLINE, env=BUILDKIT).out.splitlines()
    last, stage, last_again, stage_again = layers
    stages = [compare(last, last_again), compare(stage, stage_again)]
    measured["final stage, earlier stage"] = stages

    assert stages == ["reused", "run again"]


@pytest.mark.applies(since="23.0")
def test_cache_to_inline_is_accepted(snippet, measured):
    """Since 23.0, `--cache-to type=inline` does the same as `BUILDKIT_INLINE_CACHE=1` with both
    image stores: an empty builder reuses the step of the pushed image."""
    first, _, again, _ = snippet(
        "inline.sh", "--cache-to=type=inline", env=BUILDKIT
    ).out.splitlines()
    measured["step"] = compare(first, again)

    assert measured["step"] == "reused"


@pytest.mark.applies(until="23.0")
def test_cache_to_needs_buildx(snippet, measured):
    """Where `docker build` is not Buildx, as on 20.10, it says `unknown flag: --cache-to`."""
    built = snippet("cache-to.sh", "type=inline", env=BUILDKIT, check=False)
    measured["exit code"] = built.code
    measured["error"] = error(built)

    assert measured["exit code"] != 0
    assert measured["error"] == "unknown flag: --cache-to"


@pytest.mark.applies(since="23.0", store="classic")
def test_classic_store_exports_no_cache(snippet, measured):
    """With the classic image store and the default builder, `--cache-to` with `type=local` or
    `type=registry` fails with `Cache export is not supported for the docker driver`."""
    for to in (LOCAL[0], REGISTRY[0], "type=inline"):
        built = snippet("cache-to.sh", to, env=BUILDKIT, check=False)
        measured[to.split(",")[0]] = [built.code, error(built)]

    assert measured == {
        "type=local": [1, REFUSED],
        "type=registry": [1, REFUSED],
        "type=inline": [0, ""],
    }


@pytest.mark.applies(since="23.0")
def test_gha_cache_is_silently_left_out(snippet, measured):
    """Outside GitHub Actions, `--cache-to type=gha` does not fail, but the build reports no cache
    export; with `type=inline` it does."""
    for to in ("type=gha", "type=inline"):
        code, *reports = snippet("gha.sh", to, env=BUILDKIT, check=False).out.splitlines()
        measured[to] = {"exit code": int(code.split()[-1]), "reports an export": reports != []}

    assert measured["type=gha"] == {"exit code": 0, "reports an export": False}
    assert measured["type=inline"] == {"exit code": 0, "reports an export": True}


@pytest.mark.applies(store="containerd")
def test_containerd_store_exports_to_a_folder_and_a_registry(snippet, measured):
    """With the containerd image store, an empty builder reuses the steps of a cache that was
    exported to a folder or a registry; without `--cache-from` they run again."""
    for to, source in (LOCAL, REGISTRY):
        for name, given in (("with", source), ("without", "")):
            layers = snippet("round.sh", to, given, env=BUILDKIT).out.splitlines()
            measured[f"{to.split(',')[0]}, {name} --cache-from: steps"] = compare(*layers)

    assert list(measured.values()) == ["reused", "run again"] * 2


@pytest.mark.applies(store="containerd")
def test_mode_max_has_the_other_stages(snippet, measured):
    """With the containerd image store, the exported cache covers the final stage only, by default
    as with `mode=min`; `mode=max` adds the steps of the other stages."""
    for mode in ("", ",mode=min", ",mode=max"):
        to = f"type=local,dest=cache-{mode[-3:]}{mode}"
        for stage in ("last", "build"):
            source = f"type=local,src=cache-{mode[-3:]}"
            layers = snippet("round.sh", to, source, stage, env=BUILDKIT).out.splitlines()
            measured[f"{mode.strip(',') or 'default'}: stage {stage}"] = compare(*layers)

    assert measured == {
        "default: stage last": "reused",
        "default: stage build": "run again",
        "mode=min: stage last": "reused",
        "mode=min: stage build": "run again",
        "mode=max: stage last": "reused",
        "mode=max: stage build": "reused",
    }


def test_cache_mount_is_not_in_the_image(snippet, measured):
    """5 MB that a `RUN` writes to a cache mount are not in the image, unlike its other files;
    without the mount, everything is in the layer."""
    for name in ("mount", "no-mount"):
        snippet("build.sh", name, "--build-arg", "BUILD=first", env=BUILDKIT)
        *found, size = snippet("look.sh", name).out.splitlines()
        measured[f"{name}: files"] = sorted(line for line in found if not line.startswith("folder"))
        measured[f"{name}: bytes"] = int(size.split()[0])

    assert measured["mount: files"] == ["lines"]
    assert measured["mount: bytes"] < 100_000
    assert measured["no-mount: files"] == ["cache/big", "cache/lines", "lines"]
    assert 5_000_000 <= measured["no-mount: bytes"] < 6_000_000


@pytest.mark.holds(since="24.0")
def test_cache_mount_leaves_no_folder(snippet, measured):
    """A folder that only a cache mount made is not in the image, not even empty; without the mount,
    the folder is."""
    for name in ("mount", "no-mount"):
        snippet("build.sh", name, "--build-arg", "BUILD=first", env=BUILDKIT)
        measured[f"{name}: folder"] = "folder cache" in snippet("look.sh", name).out

    assert measured["no-mount: folder"]
    assert not measured["mount: folder"]


@pytest.mark.applies(store="classic")
def test_cache_mount_is_a_folder_of_the_builder(snippet, measured):
    """With the classic image store, a cache mount of the default builder is in Docker's data
    directory; `docker system df --verbose` lists it as `exec.cachemount` with its size."""
    found = snippet("where.sh", env=BUILDKIT).out
    paths = re.findall(r"(?m)^(/var/lib/docker)/", found)
    sizes = re.findall(r"exec\.cachemount +([\d.]+)MB", found)
    measured["found in"] = paths
    measured["MB of the cache mount"] = [round(float(size), 1) for size in sizes]

    assert measured["found in"] == ["/var/lib/docker"]
    assert measured["MB of the cache mount"] == [5]


def test_prune_empties_cache_mounts(snippet, measured):
    """A build finds in the cache mount what the build before wrote; after `docker builder prune`,
    with or without `--all`, it finds nothing."""
    counts = snippet("prune.sh", env=BUILDKIT).out.split()
    measured["lines in the cache mount"] = [int(count) for count in counts]

    assert measured["lines in the cache mount"] == [1, 2, 1, 2, 1]


@pytest.mark.applies(store="containerd")
def test_cache_mount_is_not_exported(snippet, measured):
    """With the containerd image store, a cache exported with `mode=max` does not contain the cache
    mount: an empty builder reuses the step, but a changed step finds the mount empty."""
    lines = snippet("export-mount.sh", env=BUILDKIT).out.splitlines()
    measured["builds whose lines each build sees"] = lines

    assert lines == ["one", "one two", "one two", "three"]


def test_cache_mount_hides_the_image(snippet, measured):
    """A cache mount on a folder that has files in the image hides them: the `RUN` with the mount
    does not see them, the next `RUN` without it does."""
    snippet("build.sh", "hidden", "--no-cache", env=BUILDKIT)
    measured["seen"] = [line.strip() for line in snippet("show.sh", "hidden").out.splitlines()]

    assert measured["seen"] == ["with:", "without: file"]


def test_cache_mount_can_make_an_old_result(snippet, measured):
    """A step that reuses a result in its cache mount gives the old result for a new source, until
    `--no-cache` empties the mount."""
    measured["results"] = snippet("stale.sh", env=BUILDKIT).out.splitlines()

    assert measured["results"] == ["one", "one", "two"]


def test_cache_mounts_are_shared_by_target(snippet, measured):
    """Without an `id`, unrelated builds share the cache mount of the same target: one reads what
    the other wrote; with its own `id`, it finds the mount empty."""
    measured["seen"] = [line.strip() for line in snippet("shared.sh", env=BUILDKIT).out.split("\n")]

    assert measured["seen"] == ["without id: from one", "with id:"]


def test_debian_hook_empties_apt_cache_mounts(snippet, measured):
    """A cache mount on `/var/cache/apt` of a Debian image keeps no package archives, because the
    hook `docker-clean` deletes them; with the hook removed it keeps them."""
    snippet("build.sh", "apt", "--no-cache", env=BUILDKIT)
    measured["archives"] = snippet("show.sh", "apt").out.splitlines()

    assert measured["archives"] == ["with: 0", "without: 1"]
