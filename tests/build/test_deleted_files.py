"""Why is my image still big after I delete files?"""

import re

from faq.lab.saved_image import saved

SAFE_ON_YOUR_ENGINE = True

MB = 1_000_000
BUSYBOX = "busybox:stable"
BUILDERS = {"legacy": "0", "BuildKit": "1"}  # the last one's image stays for a look into it
METADATA = ["ARG", "ENV", "LABEL", "USER", "EXPOSE", "VOLUME", "STOPSIGNAL", "HEALTHCHECK"]
METADATA += ["SHELL", "ENTRYPOINT", "CMD"]


def sizes_in_mb(image):
    return [round(size / MB, 1) for size in image.sizes]


def test_later_rm_frees_nothing(engine, snippet, measured):
    """A 20 MB file that a later `RUN rm` deletes still takes 20 MB in the layer that made it;
    the `rm` adds one more layer, which holds nothing but an empty whiteout, `.wh.big`."""
    snippet("build.sh", "later-run")
    image = saved(engine, "faq-later-run", base=BUSYBOX)
    measured["MB per layer"] = sizes_in_mb(image)
    measured["files in the last layer"] = sorted(image.files[-1])

    assert image.files == [{"big": 20 * MB}, {".wh.big": 0}]


def test_one_run_keeps_only_what_is_left(engine, snippet, measured):
    """Made, used and deleted in one `RUN`, the same file is in no layer of the image:
    there is one layer, with the small result and without the 20 MB."""
    snippet("build.sh", "one-run")
    image = saved(engine, "faq-one-run", base=BUSYBOX)
    measured["MB per layer"] = sizes_in_mb(image)
    measured["files"] = sorted(image.files[0])

    assert list(map(set, image.files)) == [{"checksum"}]
    assert image.sizes[0] < 1000


def test_package_removed_later_stays(engine, snippet, measured):
    """A package that a later `RUN apt-get purge` removes stays in the image, its program and the
    package lists included."""
    snippet("build.sh", "package-later")
    image = saved(engine, "faq-package-later")
    lists = [path for path in image.layers[0] if path.startswith("var/lib/apt/lists/")]
    measured["MB per layer"] = sizes_in_mb(image)
    measured["bytes of usr/bin/wget in the first layer"] = image.layers[0]["usr/bin/wget"]
    purged = engine.run("docker run --rm faq-package-later ls /usr/bin/wget", check=False)

    assert purged.code == 2
    assert image.layers[0]["usr/bin/wget"] > MB / 10
    assert sum(image.layers[0][path] for path in lists) > 10 * MB
    assert image.layers[1]["usr/bin/.wh.wget"] == 0


def test_package_in_one_run_is_gone(engine, snippet, measured):
    """Installed, used and purged in one `RUN` that also deletes the package lists and apt's cache,
    the package is in no layer, and the whole step adds no more than 1 MB."""
    snippet("build.sh", "package-one-run")
    image = saved(engine, "faq-package-one-run")
    measured["MB per layer"] = sizes_in_mb(image)
    measured["used"] = engine.run("docker run --rm faq-package-one-run cat /wget-version").out[:8]

    assert measured["used"] == "GNU Wget"
    assert not any("usr/bin/wget" in layer for layer in image.layers)
    assert sum(image.sizes) < MB


def test_chmod_stores_the_file_again(engine, snippet, measured):
    """A later `RUN chmod` stores the whole file again: both layers hold all 20 MB of it."""
    snippet("build.sh", "chmod")
    image = saved(engine, "faq-chmod", base=BUSYBOX)
    measured["MB per layer"] = sizes_in_mb(image)

    assert [layer["big"] for layer in image.layers] == [20 * MB, 20 * MB]


def test_chmod_in_the_same_run_is_free(engine, snippet, measured):
    """In the `RUN` that makes the file, `chmod` costs nothing: one layer holds it once."""
    snippet("build.sh", "chmod-one-run")
    image = saved(engine, "faq-chmod-one-run", base=BUSYBOX)
    measured["MB per layer"] = sizes_in_mb(image)

    assert [layer["big"] for layer in image.layers] == [20 * MB]


def test_deleted_file_is_hidden_in_the_container(snippet, measured):
    """A container of the image does not find the deleted file."""
    snippet("build.sh", "secret")
    shown = snippet("run-cat.sh", check=False)
    measured["exit code"] = shown.code

    assert shown.code == 1
    assert "No such file or directory" in shown.stderr


def test_deleted_file_can_be_read_again(snippet, measured):
    """Whoever has the image reads the deleted file again from its saved layers."""
    snippet("build.sh", "secret")
    measured["recovered"] = snippet("recover.sh").out

    assert measured["recovered"] == "correct horse battery staple"


def instructions(engine, snippet, builder):
    """Each instruction of instructions.Dockerfile, and whether it made a layer."""
    snippet("build.sh", "instructions", env={"DOCKER_BUILDKIT": builder})
    made = {}
    for created_by, layer in saved(engine, "faq-instructions", base=BUSYBOX).history:
        # The legacy builder writes `/bin/sh -c #(nop)  ENV …`, and plain `/bin/sh -c …` for RUN.
        text = re.sub(r"^/bin/\w+ -c #\(nop\) +", "", created_by)
        text = re.sub(r"^(RUN )?(\|1 VERSION=1 )?/bin/sh -c ", "RUN ", text)
        made[text.removesuffix(" # buildkit")] = layer
    return made


def makes_layer(made, start):
    """Whether the one instruction that starts so made a layer."""
    (layer,) = [layer for text, layer in made.items() if text.startswith(start)]
    return layer


def test_instructions_that_write_make_a_layer(engine, snippet, measured):
    """With both builders, a `RUN`, `COPY` or `ADD` that writes a file and a `WORKDIR` that has to
    create its directory each make a layer."""
    writing = ["RUN echo", "COPY", "ADD", "WORKDIR /made"]
    for builder, switch in BUILDERS.items():
        made = instructions(engine, snippet, switch)
        measured[builder] = [start for start in writing if makes_layer(made, start)]

    assert measured == dict.fromkeys(BUILDERS, writing)


def test_other_instructions_are_metadata(engine, snippet, measured):
    """With both builders, `ARG`, `ENV`, `LABEL`, `USER`, `EXPOSE`, `VOLUME`, `STOPSIGNAL`,
    `HEALTHCHECK`, `SHELL`, `ENTRYPOINT` and `CMD` make no layer: they are metadata only."""
    for builder, switch in BUILDERS.items():
        made = instructions(engine, snippet, switch)
        measured[builder] = [word for word in METADATA if not makes_layer(made, word)]

    assert measured == dict.fromkeys(BUILDERS, METADATA)


def test_idle_run_makes_an_empty_layer_with_buildkit(engine, snippet, measured):
    """A `RUN` that writes nothing and a `WORKDIR` that exists already make a layer with BuildKit,
    an empty one, and none with the legacy builder."""
    idle = ["RUN true", "WORKDIR /tmp"]
    for builder, switch in BUILDERS.items():
        made = instructions(engine, snippet, switch)
        measured[builder] = [start for start in idle if makes_layer(made, start)]
    files = saved(engine, "faq-instructions", base=BUSYBOX).files
    measured["files in those layers"] = [sorted(files[0]), sorted(files[4])]

    assert measured["BuildKit"] == idle
    assert measured["legacy"] == []
    assert measured["files in those layers"] == [[], []]
