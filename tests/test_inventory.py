"""What an engine holds before and after a claim, by name, and what an image holds."""

import json
from types import SimpleNamespace

import pytest

from faq.lab import inventory
from faq.lab.image_origin import ImageConfig, ImageFacts
from faq.lab.inventory import changes_between, removal
from faq.lab.saved_image import Image, saved

IMAGES = [
    {"Id": "sha256:1", "RepoTags": ["<none>:<none>"]},  # 20.10
    {"Id": "sha256:2", "RepoTags": ["<none>:<none>"]},
    {"Id": "sha256:3", "RepoTags": None},
    {"Id": "sha256:4", "RepoTags": []},
    {"Id": "sha256:5", "RepoTags": ["faq-a:latest", "faq-b:latest"]},
]
UNTAGGED = {f"<none> sha256:{number}" for number in range(1, 5)}
HELD = {"container": {"faq-a"}, "network": {"bridge"}, "volume": set(), "image": {"faq-a:latest"}}


def test_untagged_images_are_told_apart():
    assert inventory.image_names(json.dumps(IMAGES)) == UNTAGGED | {"faq-a:latest", "faq-b:latest"}


@pytest.mark.parametrize("volumes", [None, [], [{"Name": "data"}]])
def test_listing_is_read_by_kind(volumes):
    answers = [[{"Names": ["/faq-a", "/faq-b/alias"]}], [{"Name": "bridge"}], {"Volumes": volumes}]
    lines = "\n".join(map(json.dumps, [*answers, IMAGES[4:]]))
    assert inventory.read_listing(f"{lines}\n") == {
        **HELD,
        "volume": {"data"} if volumes else set(),
        "image": {"faq-a:latest", "faq-b:latest"},
    }


def test_what_is_left_is_told_and_removed():
    after = HELD | {"container": {"faq-a", "faq-c", "faq-b"}, "volume": {"a b"}}
    after |= {"image": {"<none> sha256:1"}}
    assert list(changes_between(HELD, after)) == [
        "container faq-b",
        "container faq-c",
        "volume a b",
        "image <none> sha256:1",
        "removed image faq-a:latest",
    ]
    assert removal(HELD, after).splitlines() == [
        "docker rm --force --volumes faq-b faq-c",
        "docker volume rm 'a b'",
        "docker rmi --force sha256:1",
    ]
    assert list(changes_between(HELD, HELD)) == []
    assert removal(HELD, HELD) == ""


@pytest.mark.parametrize(("added", "unnamed"), [("<none> sha256:1", True), ("faq-b:latest", False)])
def test_unnamed_images_are_seen(added, unnamed):
    after = HELD | {"image": {"faq-a:latest", added}}
    assert inventory.has_unnamed_images(HELD, after) is unnamed
    assert not inventory.has_unnamed_images(after, after)


LISTING = "drwxr-xr-x 0/0 0 2026-11-01 10:00 etc/\n-rw-r--r-- 0/0 20 2026-11-01 10:00 etc/a b\n\f"
CONFIG = """{"history": [{"created_by": "base"}, {"created_by": "base", "empty_layer": true},
{"created_by": "RUN a"}, {"created_by": "ENV b", "empty_layer": true}]}"""
ANSWERS = {
    "rm -rf /run/saved; mkdir": '[{"Config": "c.json", "Layers": ["base.tar", "own.tar"]}]',
    "cat /run/saved/c.json": CONFIG,
    "docker image inspect": "1\n",
    "docker history": "a\nb\n",
    "for layer in /run/saved/own.tar;": LISTING,
}


def test_saved_image_is_what_stands_above_its_base():
    def run(command: str) -> SimpleNamespace:
        (answer,) = (text for start, text in ANSWERS.items() if command.startswith(start))
        return SimpleNamespace(stdout=answer, out=answer.strip())

    image = saved(SimpleNamespace(run=run), "faq-a")
    assert image == Image([("RUN a", True), ("ENV b", False)], [{"etc/": 0, "etc/a b": 20}])
    assert (image.files, image.sizes) == ([{"etc/a b": 20}], [20])


@pytest.mark.parametrize(
    ("digests", "labels", "origin"),
    [
        (["busybox@sha256:1"], {"origin": "made here"}, "made here"),
        (["busybox@sha256:1"], {"other": "label"}, "busybox@sha256:1"),
        ([], None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_origin_of_an_image(digests, labels, origin):
    assert ImageFacts("sha256:2", digests, ImageConfig(labels)).origin == origin
