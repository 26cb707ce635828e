"""How does the build cache decide whether a step runs again?"""

from itertools import pairwise

SAFE_ON_YOUR_ENGINE = True

LEGACY = {"DOCKER_BUILDKIT": "0"}
BUILDKIT = {"DOCKER_BUILDKIT": "1"}
BUILDERS = {"legacy": LEGACY, "BuildKit": BUILDKIT}
CHANGES = {"time": True, "owner": True, "neighbor": True, "mode": False, "content": False}
SECOND = "second build\n"


def cached(layers):
    """Whether each build has the layer of the one before, so that its step did not run."""
    return [old == new for old, new in pairwise(layers)]


def installations(text):
    """How often apt installed the package, by what a build printed."""
    return text.count("Setting up bc ")


def test_fix_installs_again(snippet, measured):
    """With BuildKit, both commands of the fix run `apt-get` again, at each build; a second plain
    build takes `RUN apt-get update` and the installation after it from the cache."""
    text = snippet("alone.sh", env=BUILDKIT).text
    measured["installations, without the fix"] = list(map(installations, text.split(SECOND)))
    snippet("prepare.sh")
    texts = [snippet("fix.sh", env=BUILDKIT).text for _ in range(2)]
    measured["installations, with the fix"] = list(map(installations, texts))

    assert measured["installations, without the fix"] == [1, 0]
    assert measured["installations, with the fix"] == [2, 2]


def test_content_and_mode_are_in_the_key(snippet, measured):
    """With both builders, changing content or mode of a copied file runs the step after `COPY`
    again; changing its time or owner, or adding one not copied, does not."""
    for builder, env in BUILDERS.items():
        rows = [line.split() for line in snippet("changes.sh", env=env).out.splitlines()]
        kept = cached([layer for _, layer in rows])
        measured[builder] = dict(zip([change for change, _ in rows[1:]], kept, strict=True))

    assert measured == dict.fromkeys(BUILDERS, CHANGES)


def test_run_is_keyed_by_its_text(snippet, measured):
    """With both builders, an unchanged `RUN` is taken from the cache although it would now give
    another result; one more space in its command runs it again."""
    for builder, env in BUILDERS.items():
        measured[builder] = cached(snippet("texts.sh", env=env).out.splitlines())

    assert measured == {builder: [True, False] for builder in BUILDERS}


def test_comment_lines_are_not_in_the_key(snippet, measured):
    """With both builders, blank lines and comment lines above a `RUN`, or between its continued
    lines, do not run it again; a comment at the end of its command does."""
    for builder, env in BUILDERS.items():
        measured[builder] = cached(snippet("comments.sh", env=env).out.splitlines())

    assert measured == {builder: [True, True, False] for builder in BUILDERS}


def test_changed_arg_runs_what_comes_after_it(snippet, measured):
    """With both builders, a changed `--build-arg` runs a `RUN` after the `ARG` line again, even one
    that does not use the value, but not a `RUN` before that line."""
    for builder, env in BUILDERS.items():
        before, after, later_before, later_after = snippet("args.sh", env=env).out.splitlines()
        measured[builder] = {"before": before == later_before, "after": after == later_after}

    assert measured == {builder: {"before": True, "after": False} for builder in BUILDERS}


def test_changed_secret_changes_nothing(snippet, measured):
    """With BuildKit, a changed build secret does not run the step again, which keeps the result of
    the old secret; with `--no-cache` the step reads the new one."""
    measured["seen"] = snippet("secrets.sh", env=BUILDKIT).out.splitlines()

    assert measured["seen"] == ["one", "one", "two"]


def test_no_cache_empties_cache_mounts(snippet, measured):
    """With BuildKit, a build finds in a cache mount what the previous build wrote there, but a
    build with `--no-cache` finds it empty, and the next build continues from that."""
    counts = snippet("no-cache.sh", env=BUILDKIT).out.split()
    measured["lines in the cache mount"] = [int(count) for count in counts]

    assert measured["lines in the cache mount"] == [1, 2, 1, 2]


def test_same_result_of_a_stage_is_in_the_cache_again(snippet, measured):
    """With both builders, when a stage runs again and makes the same file, the steps after `COPY
    --from` come from the cache; when it makes another file, they run again."""
    for builder, env in BUILDERS.items():
        layers = snippet("stages.sh", env=env).out.splitlines()
        measured[builder] = {"stage": cached(layers[::2]), "after": cached(layers[1::2])}

    assert measured == {
        builder: {"stage": [False, False], "after": [True, False]} for builder in BUILDERS
    }
