"""ARG and ENV: which wins, and who can see them?"""

from faq.lab.saved_image import saved

SAFE_ON_YOUR_ENGINE = True

BUSYBOX = "busybox:stable"
BUILDERS = {"legacy": {"DOCKER_BUILDKIT": "0"}, "BuildKit": {"DOCKER_BUILDKIT": "1"}}
FLAG = ("--build-arg", "NAME=flag")
TOKEN = "correct-horse"  # noqa: S105 # the snippets' own


def seen(snippet, name, env, *options):
    """What NAME was while an image was built, and is in a container of it."""
    snippet("build.sh", name, *options, env=env)
    built, container = snippet("show.sh", name).out.splitlines()
    return [built.removeprefix("build: "), container.removeprefix("container: ")]


def test_arg_is_for_the_build_only(snippet, measured):
    """With both builders, `ARG NAME=default` gives `NAME` to the build, `--build-arg NAME=flag`
    overrides the default, and the container has no `NAME`."""
    for builder, env in BUILDERS.items():
        measured[f"{builder}: default"] = seen(snippet, "default", env)
        measured[f"{builder}: --build-arg"] = seen(snippet, "default", env, *FLAG)

    for builder in BUILDERS:
        assert measured[f"{builder}: default"] == ["default", "unset"]
        assert measured[f"{builder}: --build-arg"] == ["flag", "unset"]


def test_env_after_arg_wins(snippet, measured):
    """With both builders, an `ENV` after an `ARG` of the same name wins over it and over
    `--build-arg`, in the build and in the container."""
    for builder, env in BUILDERS.items():
        measured[f"{builder}: default"] = seen(snippet, "env-last", env)
        measured[f"{builder}: --build-arg"] = seen(snippet, "env-last", env, *FLAG)

    assert list(measured.values()) == [["env", "env"]] * 4


def test_arg_after_env_wins_the_build_with_buildkit(snippet, measured):
    """An `ARG` after an `ENV` of the same name wins in the build with BuildKit, by its default as
    by `--build-arg`; with the legacy builder `ENV` wins; the container has the `ENV` either way."""
    for builder, env in BUILDERS.items():
        measured[f"{builder}: default"] = seen(snippet, "env-first", env)
        measured[f"{builder}: --build-arg"] = seen(snippet, "env-first", env, *FLAG)

    assert measured["legacy: default"] == measured["legacy: --build-arg"] == ["env", "env"]
    assert measured["BuildKit: default"] == ["default", "env"]
    assert measured["BuildKit: --build-arg"] == ["flag", "env"]


def test_env_of_the_base_image_is_an_earlier_env(snippet, measured):
    """An `ENV` of the base image wins over an `ARG` and `--build-arg` with the legacy builder; with
    BuildKit the `ARG` wins in the build, and the container has the base image's `ENV` again."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "base", env=env)
        measured[builder] = seen(snippet, "on-base", env, *FLAG)

    assert measured == {"legacy": ["base", "base"], "BuildKit": ["flag", "base"]}


def test_arg_can_be_kept_as_env(snippet, measured):
    """`ENV NAME=$NAME` after the `ARG` keeps the value of the build: with both builders the
    container has what `--build-arg` gave."""
    for builder, env in BUILDERS.items():
        measured[builder] = seen(snippet, "arg-into-env", env, *FLAG)

    assert measured == {builder: ["flag", "flag"] for builder in BUILDERS}


def test_arg_before_from_is_for_from(engine, snippet, measured):
    """With both builders, an `ARG` before `FROM` has a value in the `FROM` line; after it `NAME` is
    unset, until `ARG NAME` declares it again, with the value from above."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "before-from", env=env)
        measured[builder] = engine.run("docker run --rm faq-before-from cat /built").out.split("\n")

    told = ["not declared: unset", "declared again: global"]
    assert measured == dict.fromkeys(BUILDERS, told)


def test_undeclared_build_arg_is_not_used(snippet, measured):
    """With both builders, `--build-arg` for a name that no `ARG` declares is no error, and the
    build does not see the value; where `ARG` declares it, it does."""
    for builder, env in BUILDERS.items():
        measured[f"{builder}: undeclared"] = seen(snippet, "undeclared", env, *FLAG)
        measured[f"{builder}: declared"] = seen(snippet, "default", env, *FLAG)

    for builder in BUILDERS:
        assert measured[f"{builder}: undeclared"] == ["unset", "unset"]
        assert measured[f"{builder}: declared"] == ["flag", "unset"]


def test_build_arg_is_in_the_history(snippet, measured):
    """With both builders, `docker history` shows a token that was given with `--build-arg` to
    whoever has the image."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "secret-arg", "--build-arg", f"TOKEN={TOKEN}", env=env)
        measured[builder] = TOKEN in snippet("history.sh", "secret-arg").out

    assert measured == dict.fromkeys(BUILDERS, True)


def test_secret_mount_leaves_nothing(engine, snippet, measured):
    """A secret mounted for one `RUN` with BuildKit is read there, and afterwards the token is
    neither in the image's history and configuration nor in its files."""
    snippet("secret-mount.sh", env=BUILDERS["BuildKit"])
    image = saved(engine, "faq-secret-mount", base=BUSYBOX)
    inspected = engine.run("docker image inspect faq-secret-mount").out
    measured["length of the secret that was read"] = int(
        engine.run("docker run --rm faq-secret-mount cat /length").out
    )
    measured["in the history"] = TOKEN in snippet("history.sh", "secret-mount").out
    measured["in the configuration"] = TOKEN in inspected
    search = f"ls / | grep -vxE 'dev|proc|sys' | xargs -I@ grep -rl {TOKEN} /@"
    holding = engine.run(f'docker run --rm faq-secret-mount sh -c "{search}"', check=False)
    measured["files that hold it"] = holding.out.splitlines()
    measured["files in the layers"] = sorted(path for layer in image.files for path in layer)

    assert measured["length of the secret that was read"] == len(TOKEN) + 1
    assert not measured["in the history"]
    assert not measured["in the configuration"]
    assert measured["files that hold it"] == []
    assert "length" in measured["files in the layers"]
    assert not any(path.endswith("/token") for path in measured["files in the layers"])
