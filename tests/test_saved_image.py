"""What an image holds, and where it came from."""

from types import SimpleNamespace

import pytest

from faq.lab.image_origin import ImageConfig, ImageFacts
from faq.lab.saved_image import Image, saved

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
