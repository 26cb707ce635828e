"""How does the build cache decide whether a step runs again?"""

from itertools import pairwise

SAFE_ON_YOUR_ENGINE = True

LEGACY = {"DOCKER_BUILDKIT": "0"}
BUILDKIT = {"DOCKER_BUILDKIT": "1"}
BUILDERS = {"legacy": LEGACY, "BuildKit": BUILDKIT}
CHANGES = {"time": True, "owner": True, "neighbor": True, "mode": False, "content": False}


def cached(layers):
    """Whether each build has the layer of the one before, so that its step did not run."""
    return [old == new for old, new in pairwise(layers)]


def test_content_and_mode_are_in_the_key(snippet, measured):
    """With both builders, a changed mode or content of the copied file makes the step after `COPY`
    run again; a changed time, owner or file beside it leaves it in the cache."""
    for builder, env in BUILDERS.items():
        rows = [line.split() for line in snippet("changes.sh", env=env).out.splitlines()]
        kept = cached([layer for _, layer in rows])
        measured[builder] = dict(zip([change for change, _ in rows[1:]], kept, strict=True))

    assert measured == dict.fromkeys(BUILDERS, CHANGES)


def test_run_is_keyed_by_its_text(snippet, measured):
    """With both builders, the same `RUN` comes out of the cache though it would give another result
    now; one more space in its text makes it run again."""
    for builder, env in BUILDERS.items():
        measured[builder] = cached(snippet("texts.sh", env=env).out.splitlines())

    assert measured == {builder: [True, False] for builder in BUILDERS}


def test_changed_arg_runs_what_comes_after_it(snippet, measured):
    """With both builders, a changed `--build-arg` makes a `RUN` after the `ARG` line run again even
    if it does not use the value, and leaves a `RUN` before that line in the cache."""
    for builder, env in BUILDERS.items():
        before, after, later_before, later_after = snippet("args.sh", env=env).out.splitlines()
        measured[builder] = {"before": before == later_before, "after": after == later_after}

    assert measured == {builder: {"before": True, "after": False} for builder in BUILDERS}


def test_changed_secret_changes_nothing(snippet, measured):
    """With BuildKit, a step that reads a build secret comes out of the cache when the secret has
    changed, with what it made of the old one; `--no-cache` makes it see the new one."""
    measured["seen"] = snippet("secrets.sh", env=BUILDKIT).out.splitlines()

    assert measured["seen"] == ["one", "one", "two"]


def test_no_cache_empties_cache_mounts(snippet, measured):
    """With BuildKit, each build finds in a cache mount what the build before wrote there, but one
    with `--no-cache` finds it empty, and the next build goes on from that."""
    counts = snippet("no-cache.sh", env=BUILDKIT).out.split()
    measured["lines in the cache mount"] = [int(count) for count in counts]

    assert measured["lines in the cache mount"] == [1, 2, 1, 2]


def test_same_result_of_a_stage_is_in_the_cache_again(snippet, measured):
    """With both builders, a stage that ran again and made the same file leaves the steps after
    `COPY --from` in the cache; one that made another file makes them run again."""
    for builder, env in BUILDERS.items():
        layers = snippet("stages.sh", env=env).out.splitlines()
        measured[builder] = {"stage": cached(layers[::2]), "after": cached(layers[1::2])}

    assert measured == {
        builder: {"stage": [False, False], "after": [True, False]} for builder in BUILDERS
    }
