"""Claims are read from their source as pytest runs them; what claims nothing is refused."""

import re

import pytest

from faq.claims import Claim, read_claims
from faq.errors import ClaimError
from tests.planted import CLAIM


def read(text: str) -> dict[str, Claim]:
    """The claims of a file."""
    return read_claims(text, "test_line.py")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('def test_x(engine):\n    """It holds."""\n', "1: test_x has no assert that can fail"),
        (CLAIM.replace("assert engine", "assert True"), "1: test_x has no assert that can fail"),
        ("def test_x(engine):\n    assert engine\n", "1: test_x has no docstring, its claim"),
        (CLAIM.replace("It holds.", " \n"), "1: test_x has no docstring, its claim"),
        (f"{CLAIM}    assert (\n", "4: not Python"),
        ("\0", "1: not Python"),
        (f"@pytest.mark.skip\n{CLAIM}", "1: pytest.mark.skip: a claim takes pytest.mark.holds and"),
        (f"@pytest.mark.xfail(strict=False)\n{CLAIM}", "1: pytest.mark.xfail: a claim takes"),
        (f"@pytest.mark.parametrize('n', [0])\n{CLAIM}", "1: pytest.mark.parametrize: a claim"),
        (f"pytestmark = pytest.mark.skip\n{CLAIM}", "1: a mark belongs to one claim"),
        (f"async {CLAIM}", "1: a claim is a function of its own at the top"),
        (f"{CLAIM}\ntest_y = test_x\n", "5: a claim is a function of its own at the top"),
        (f"{CLAIM}\nif True:\n    def test_y(engine): assert engine\n", "6: a claim is a function"),
        (f"class TestY:\n    def test_y(self, a): assert a\n{CLAIM}", "2: a claim is a function"),
        (f"from faq.lab.a import x as test_y\n{CLAIM}", "1: a claim is a function of its own"),
        (f"from faq.lab.a import test_y\n{CLAIM}", "1: a claim is a function of its own"),
        (f"from faq.lab.a import *\n{CLAIM}", "1: a claim is a function of its own"),
        (f"{CLAIM}test_x: object = print\n", "4: a claim is a function of its own"),
        (f"{CLAIM}a, test_x = 1, print\n", "4: a claim is a function of its own"),
        (f"{CLAIM}{CLAIM}", "4: a second claim x: ids are unique"),
    ],
)
def test_claim_in_disguise_is_refused(text, message):
    with pytest.raises(ClaimError, match=f"^{re.escape(f'test_line.py:{message}')}"):
        read(text)


@pytest.mark.parametrize(
    "arguments",
    [
        'sinse="23.0"',
        "since=28.5",
        'since="28"',
        'since="podman-5.4"',
        'until="28.5-containerd"',
        'store="overlay2"',
        "podman=True",
        "since=OLD",
        '"23.0"',
        "",
    ],
)
def test_misspelt_range_is_refused(text_of_range, arguments):
    message = re.escape("test_line.py:1: holds() takes since= and until=")
    with pytest.raises(ClaimError, match=f"^{message}"):
        read(text_of_range(arguments))


@pytest.fixture
def text_of_range():
    """The text of a claim with this range."""
    return f"@pytest.mark.holds({{}})\n{CLAIM}".format


@pytest.mark.parametrize(
    ("arguments", "columns"),
    [
        ('since="26.1"', "26.1 28.5 28.5-containerd podman-5.4"),
        ('until="26.1"', "20.10 podman-5.4"),
        ('since="26.1", until="28.0"', "26.1 podman-5.4"),
        ('store="containerd"', "28.5-containerd podman-5.4"),
        ('store="classic"', "20.10 26.1 28.5 podman-5.4"),
        ("podman=False", "20.10 26.1 28.5 28.5-containerd"),
    ],
)
def test_range_says_where_a_claim_holds(text_of_range, arguments, columns):
    claim = read(text_of_range(arguments))["x"]
    every = ["20.10", "26.1", "28.5", "28.5-containerd", "podman-5.4"]
    assert list(filter(claim.holds_on, every)) == columns.split()


def test_claim_is_read_with_its_place_and_sentence():
    text = "import a\n\n@pytest.mark.usefixtures('b')\n" + CLAIM.replace("holds", "holds\n    on")
    claim = read(text)["x"]
    assert (claim.name, claim.sentence, claim.line) == ("x", "It holds on.", 4)
    assert claim.code == text.strip().replace("\n\n", "\n")


def test_code_of_a_claim_leaves_other_claims_out():
    claims = read(f"A = 1\n{CLAIM}\n@pytest.mark.usefixtures('b')\n{CLAIM.replace('_x', '_y')}")
    assert claims["x"].code == f"A = 1\n{CLAIM}".strip()
    assert "usefixtures" in claims["y"].code


def test_names_within_a_claim_are_its_own():
    assert list(read(f"{CLAIM}    test_image = engine\n    def test_url(): return 1\n")) == ["x"]
