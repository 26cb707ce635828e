"""ARG and ENV: which wins, and who can see them?"""

SAFE_ON_YOUR_ENGINE = True

BUILDERS = {"legacy": {"DOCKER_BUILDKIT": "0"}, "BuildKit": {"DOCKER_BUILDKIT": "1"}}
FLAG = ("--build-arg", "NAME=flag")
TOKEN = "correct-horse"  # noqa: S105 # the snippets' own
TOKEN_FLAG = ("--build-arg", f"TOKEN={TOKEN}")
NOWHERE = {"history": False, "saved image": False}
WARNING = "One or more build-args [NAME] were not consumed"


def token_in(snippet, image):
    """Whether an image's history, and one of its saved files, hold the token."""
    rows = (line.split(": ") for line in snippet("search.sh", image).out.splitlines())
    return {where: int(count) > 0 for where, count in rows}


def seen(snippet, name, env, *options):
    """What NAME was while an image was built, and is in a container of it."""
    snippet("build.sh", name, *options, env=env)
    built, container = snippet("show.sh", name).out.splitlines()
    return [built.removeprefix("build: "), container.removeprefix("container: ")]


def test_arg_is_for_the_build_only(snippet, measured):
    """With both builders, `ARG NAME=default` sets `NAME` in the build, `--build-arg NAME=flag`
    overrides the default, and `NAME` is unset in the container."""
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
    """An `ARG` with a value, after an `ENV` of the same name, wins in the build with BuildKit; with
    the legacy builder, `ENV` wins. The container has the `ENV`."""
    for builder, env in BUILDERS.items():
        measured[f"{builder}: default"] = seen(snippet, "env-first", env)
        measured[f"{builder}: --build-arg"] = seen(snippet, "env-first", env, *FLAG)

    assert measured["legacy: default"] == measured["legacy: --build-arg"] == ["env", "env"]
    assert measured["BuildKit: default"] == ["default", "env"]
    assert measured["BuildKit: --build-arg"] == ["flag", "env"]


def test_env_of_the_base_image_is_an_earlier_env(snippet, measured):
    """`ARG` and `--build-arg` override an `ENV` of the base image in the build with BuildKit, but
    not with the legacy builder; the container has the base image's `ENV`."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "base", env=env)
        measured[f"{builder}: default"] = seen(snippet, "on-base", env)
        measured[f"{builder}: --build-arg"] = seen(snippet, "on-base", env, *FLAG)

    assert measured["legacy: default"] == measured["legacy: --build-arg"] == ["base", "base"]
    assert measured["BuildKit: default"] == ["default", "base"]
    assert measured["BuildKit: --build-arg"] == ["flag", "base"]


def test_arg_can_be_kept_as_env(snippet, measured):
    """With both builders, `ENV NAME=$NAME` after the `ARG` passes the value on: the container has
    the value of `--build-arg`."""
    for builder, env in BUILDERS.items():
        measured[builder] = seen(snippet, "arg-into-env", env, *FLAG)

    assert measured == {builder: ["flag", "flag"] for builder in BUILDERS}


def test_arg_before_from_is_for_from(snippet, measured):
    """With both builders, an `ARG` before `FROM` is set in the `FROM` line and unset in the stage,
    until a line `ARG NAME` there gives it the same value."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "before-from", env=env)
        measured[builder] = snippet("show.sh", "before-from").out.splitlines()[:2]

    printed = ["not declared: unset", "declared again: global"]
    assert measured == dict.fromkeys(BUILDERS, printed)


def test_undeclared_build_arg_is_not_used(snippet, measured):
    """With both builders, `--build-arg NAME=flag` without an `ARG NAME` does not fail, and the
    build does not see the value; with `ARG NAME` it does."""
    for builder, env in BUILDERS.items():
        measured[f"{builder}: undeclared"] = seen(snippet, "undeclared", env, *FLAG)
        measured[f"{builder}: declared"] = seen(snippet, "default", env, *FLAG)

    for builder in BUILDERS:
        assert measured[f"{builder}: undeclared"] == ["unset", "unset"]
        assert measured[f"{builder}: declared"] == ["flag", "unset"]


def test_legacy_builder_warns_of_an_undeclared_build_arg(snippet, measured):
    """Only for a `--build-arg` without its `ARG`, the legacy builder prints `One or more build-args
    [NAME] were not consumed`; BuildKit does not."""
    for builder, env in BUILDERS.items():
        text = snippet("build.sh", "undeclared", *FLAG, env=env).text
        measured[f"{builder}: warns"] = WARNING in text
        measured[f"{builder}: echo runs"] = "echo" in text
    declared = snippet("build.sh", "default", *FLAG, env=BUILDERS["legacy"]).text
    measured["legacy, declared: warns"] = WARNING in declared

    assert measured["legacy, declared: warns"] is False
    assert measured["legacy: warns"]
    assert not measured["BuildKit: warns"]
    assert measured["legacy: echo runs"]
    assert measured["BuildKit: echo runs"]


def test_proxy_needs_no_arg(snippet, measured):
    """With both builders, `--build-arg HTTP_PROXY=…` reaches the build without an `ARG` line, and
    is neither in the container nor in `docker history`."""
    for builder, env in BUILDERS.items():
        measured[builder] = snippet("proxy.sh", env=env).out.splitlines()

    printed = ["build: http://proxy:3128", "container: unset", "history: 0"]
    assert measured == dict.fromkeys(BUILDERS, printed)


def test_build_arg_is_in_the_history(snippet, measured):
    """With both builders, anyone who has the image can read in `docker history` a token that a
    `RUN` of the final stage got with `--build-arg`."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "secret-arg", *TOKEN_FLAG, env=env)
        measured[builder] = TOKEN in snippet("history.sh", "secret-arg").out

    assert measured == dict.fromkeys(BUILDERS, True)


def test_build_arg_of_an_earlier_stage_is_not_in_the_image(snippet, measured):
    """With both builders, a saved image that only copies a file from an earlier stage holds no
    token that this stage got with `--build-arg`; an image of that stage does."""
    for builder, env in BUILDERS.items():
        snippet("build.sh", "stage-arg", *TOKEN_FLAG, env=env)
        measured[f"{builder}: final stage"] = token_in(snippet, "faq-stage-arg")
        snippet("build.sh", "stage-arg", *TOKEN_FLAG, "--target", "build", env=env)
        measured[f"{builder}: earlier stage"] = token_in(snippet, "faq-stage-arg")

    for builder in BUILDERS:
        assert measured[f"{builder}: final stage"] == NOWHERE
        assert measured[f"{builder}: earlier stage"] == {"history": True, "saved image": True}


def test_secret_mount_leaves_nothing(snippet, measured):
    """With BuildKit, `fix.Dockerfile` reads the token during the build, and neither the image's
    history nor the saved image contains it; the container has the `VERSION` of `--build-arg`."""
    snippet("prepare.sh")
    built = snippet("fix.sh", env=BUILDERS["BuildKit"], check=False)
    measured["exit code of the build"] = built.code
    measured["token in"] = token_in(snippet, "my-image")
    measured["VERSION"] = snippet("version.sh").out

    assert built.code == 0
    assert measured["token in"] == NOWHERE
    assert measured["VERSION"] == "1.2.3"
