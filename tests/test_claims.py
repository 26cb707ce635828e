"""Entries and their claims, read as pytest runs them; what claims nothing is refused."""

import re

import pytest

from faq.claims import Claim, read_claims
from faq.entries import SAFE, Entry, entries, entry_named
from faq.errors import ClaimError
from tests.planted import CLAIM

MISSPELT = """sinse="23.0"; since=28.5; since="28"; since="podman-5.4"; until="28.5-containerd"; \
store="overlay2"; podman=True; since=OLD; "23.0"; """


def read(text: str) -> dict[str, Claim]:
    return read_claims(text, "test_line.py")


def with_range(arguments: str) -> str:
    return f"@pytest.mark.holds({arguments})\n{CLAIM}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('def test_x(engine):\n    """It holds."""\n', "1: test_x has no assert that can fail"),
        (CLAIM.replace("assert engine", "assert True"), "1: test_x has no assert that can fail"),
        ("def test_x(engine):\n    assert engine\n", "1: test_x has no docstring, its claim"),
        (CLAIM.replace("It holds.", " \n"), "1: test_x has no docstring, its claim"),
        (f"{CLAIM}    assert (\n", "4: not Python"),
        ("\0", "1: not Python"),
        (
            f"@pytest.mark.skip\n{CLAIM}",
            "1: pytest.mark.skip: a claim takes only pytest",
        ),
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


@pytest.mark.parametrize("arguments", MISSPELT.split("; "))
def test_misspelt_range_is_refused(arguments):
    message = re.escape("test_line.py:1: holds() and applies() take since= and until=")
    with pytest.raises(ClaimError, match=f"^{message}"):
        read(with_range(arguments))


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
def test_range_says_where_a_claim_holds(arguments, columns):
    claim = read(with_range(arguments))["x"]
    every = ["20.10", "26.1", "28.5", "28.5-containerd", "podman-5.4"]
    assert held_on(claim, every) == columns.split()


def test_more_ranges_than_one():
    old, classic = with_range('until="26.1"'), '@pytest.mark.holds(store="classic", podman=False)\n'
    every = ["20.10", "20.10-containerd", "28.5", "28.5-containerd"]
    assert held_on(read(classic + old)["x"], every) == ["20.10", "20.10-containerd", "28.5"]


def held_on(claim: Claim, every: list[str]) -> list[str]:
    return [column for column in every if claim.expected_on(column) == "holds"]


def test_claim_is_read_with_its_place_sentence_and_code():
    text = "import a\n\n@pytest.mark.usefixtures('b')\n" + CLAIM.replace("holds", "holds\n    on")
    claims = read(f"{text}\n@pytest.mark.usefixtures('c')\n{CLAIM.replace('_x', '_y')}")
    claim = claims["x"]
    assert (claim.name, claim.sentence, claim.line) == ("x", "It holds on.", 4)
    assert claim.code == text.strip().replace("\n\n", "\n")
    assert "usefixtures('c')" in claims["y"].code


def test_names_within_a_claim_are_its_own():
    assert list(read(f"{CLAIM}    test_image = engine\n    def test_url(): return 1\n")) == ["x"]


@pytest.fixture
def entry(tmp_path) -> Entry:
    entry = Entry(tmp_path, "build", "heredoc-quotes")
    for path in (entry.claims_file, entry.folder / "deep" / "run.sh", entry.evidence_file):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    return entry


def test_path_is_the_link(entry: Entry):
    assert entries(entry.root) == [entry] == [entry_named("build/heredoc-quotes", entry.root)]
    assert entry.relative(entry.claims_file) == "tests/build/test_heredoc_quotes.py"
    assert entry.relative(entry.page) == "docs/build/heredoc-quotes.md"
    assert entry.snippets == [entry.folder / "deep" / "run.sh"]


def test_rest_of_a_killed_write_is_no_snippet_and_a_link_is_refused(entry: Entry):
    (entry.folder / "evidence.json.part").write_text("{")
    assert entry.snippets == [entry.folder / "deep" / "run.sh"]
    (entry.folder / "host.sh").symlink_to("/etc/hostname")
    with pytest.raises(ClaimError, match=r"heredoc-quotes/host\.sh: is a link: a snippet is a"):
        _ = entry.snippets


def test_file_that_is_missing_or_no_text_is_named(entry: Entry):
    entry.claims_file.write_bytes(b'"""a"""\n\xff')
    with pytest.raises(ClaimError, match=r"^tests/build/test_heredoc_quotes\.py:2: not UTF-8"):
        _ = entry.claims
    with pytest.raises(ClaimError, match=r"^docs/build/heredoc-quotes\.md: is missing$"):
        _ = entry.page_text


@pytest.mark.parametrize(
    ("line", "is_safe"),
    [(SAFE, True), (f"# {SAFE}", False), (f"{SAFE} is False", False), (f"    {SAFE}", False)],
)
def test_entry_says_itself_that_it_is_safe(entry: Entry, line, is_safe):
    entry.claims_file.write_text(f'"""Why?"""\n\n{line}\n')
    assert entry.is_safe is is_safe
