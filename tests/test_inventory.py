"""What an engine holds before and after a claim: each thing by its name, and what is left."""

import json

import pytest

from faq.lab.inventory import (
    changes_between,
    has_unnamed_images,
    image_names,
    read_listing,
    removal,
)

IMAGES = [
    {"Id": "sha256:1", "RepoTags": ["<none>:<none>"]},  # 20.10
    {"Id": "sha256:2", "RepoTags": ["<none>:<none>"]},
    {"Id": "sha256:3", "RepoTags": None},
    {"Id": "sha256:4", "RepoTags": []},
    {"Id": "sha256:5", "RepoTags": ["faq-a:latest", "faq-b:latest"]},
]
UNTAGGED = {f"<none> sha256:{number}" for number in range(1, 5)}
HELD = {
    "container": {"faq-a"},
    "network": {"bridge"},
    "volume": set(),
    "image": {"faq-a:latest"},
    "network namespace": set(),
    "daemon": {"17 dockerd"},
    "firewall": {"-P INPUT ACCEPT"},
}


def test_untagged_images_are_told_apart():
    assert image_names(json.dumps(IMAGES)) == UNTAGGED | {"faq-a:latest", "faq-b:latest"}


@pytest.mark.parametrize("volumes", [None, [], [{"Name": "data"}]])
def test_listing_is_read_by_kind(volumes):
    answers = [
        [{"Names": ["/faq-a", "/faq-b/alias"]}],
        [{"Name": "bridge"}],
        {"Volumes": volumes},
        IMAGES[4:],
    ]
    listing = (
        "\n".join(map(json.dumps, answers)) + "\n\fwing\n\f17 dockerd\n\f-P INPUT ACCEPT\n-N A\n"
    )
    assert read_listing(listing) == {
        "container": {"faq-a"},
        "network": {"bridge"},
        "volume": {"data"} if volumes else set(),
        "image": {"faq-a:latest", "faq-b:latest"},
        "network namespace": {"wing"},
        "daemon": {"17 dockerd"},
        "firewall": {"-P INPUT ACCEPT", "-N A"},
    }


def test_what_is_left_is_told_and_removed():
    after = HELD | {
        "container": {"faq-a", "faq-c", "faq-b"},
        "volume": {"a b"},
        "image": {"<none> sha256:1"},
        "daemon": set(),
        "firewall": {"-N A"},
    }
    assert list(changes_between(HELD, after)) == [
        "container faq-b",
        "container faq-c",
        "volume a b",
        "image <none> sha256:1",
        "firewall -N A",
        "removed firewall rule -P INPUT ACCEPT",
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
    assert has_unnamed_images(HELD, after) is unnamed
    assert not has_unnamed_images(after, after)
