"""What other documentation says stays only as long as a claim disproves it where the page says."""

from html import unescape
from types import SimpleNamespace

import pytest

from faq.errors import ClaimError
from faq.pages import front_matter
from faq.site.elsewhere import disproved_on
from tests.planted import PAGE, Project

pytest_plugins = ["tests.planted_fixtures"]
COLUMNS = ("20.10", "26.1", "28.5")
HOLDS, FAILS, NEITHER = "holds", "does not hold", "not applicable"
STATEMENT = """\
elsewhere:
  - page: A manual, “Lines”
    address: https://example.org/lines?a=1&b=2
    says: A `script` prints two lines | more.
    seen: 2026-11-01
    claim: one
"""


@pytest.fixture
def stated(project: Project) -> Project:
    """The project with a statement that its claim disproves."""
    text = PAGE.format(text='{{ claim("one") }}\n\n{{ claim("two") }}')
    project.write("docs/faults/line.md", f"---\ntags: [shell, layers]\n{STATEMENT}---\n\n{text}")
    project.write("docs/index.md", "# Home\n\n{{ disproofs() }}\n")
    return project


def where(project: Project, *states: str) -> str:
    """Where the claim disproves the statement when it has these states, in words."""
    (statement,) = front_matter(project.entry).elsewhere
    verdict = SimpleNamespace(states=dict(zip(COLUMNS, states, strict=True)))
    page = SimpleNamespace(entry=project.entry, claims=["one"], verdict=lambda _: verdict)
    return disproved_on(page, statement)


@pytest.mark.parametrize(
    ("more", "states", "told"),
    [
        ("", [HOLDS, HOLDS, HOLDS], "all tested engines"),
        ("", [NEITHER, HOLDS, "stale"], "26.1"),
        ('    until: "28.0"\n', [HOLDS, HOLDS, FAILS], "20.10, 26.1"),
        ('    until: "28.0"\n    verdict: does not hold\n', [FAILS, FAILS, HOLDS], "20.10, 26.1"),
    ],
)
def test_engines_that_disprove_a_statement_are_named(stated: Project, more, states, told):
    stated.edit("docs/faults/line.md", "    claim: one\n", f"    claim: one\n{more}")
    assert where(stated, *states) == told


@pytest.mark.parametrize(
    ("more", "states", "message"),
    [
        ("", [HOLDS, HOLDS, FAILS], "one does not hold on 28.5: correct the range or the verdict"),
        ('    until: "28.0"\n', [HOLDS] * 3, "one holds on 28.5: correct the range"),
        ("", [FAILS] * 3, "one disproves this nowhere: take the statement out"),
        ("", [NEITHER] * 3, "one disproves this nowhere"),
        ("    verdict: does not hold\n", [HOLDS] * 3, "one disproves this nowhere"),
    ],
)
def test_statement_that_is_not_disproved_is_refused(stated: Project, more, states, message):
    stated.edit("docs/faults/line.md", "    claim: one\n", f"    claim: one\n{more}")
    with pytest.raises(ClaimError, match=rf"^docs/faults/line\.md:8: {message}"):
        where(stated, *states)


def test_statement_without_its_claim_is_refused(stated: Project):
    stated.edit("docs/faults/line.md", "claim: one", "claim: 'three'")
    with pytest.raises(ClaimError, match=r"line\.md:8: no claim 'three' in faults/line: one$"):
        where(stated, HOLDS, HOLDS, HOLDS)


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("seen: 2026-11-01", "seen: lately", "seen"),
        ("https:", "http:", "address"),
        ("claim: one", "claim: ''", "claim"),
        ("claim: one", "claim: one\n    verdict: maybe", "verdict"),
        ("claim: one", "claim: one\n    untill: '28.0'", ""),
        ("    page", "    title", ""),
        ("  - page: A manual, “Lines”\n", "  -\n", ""),
    ],
)
def test_statement_that_is_not_complete_is_refused(stated: Project, old, new, at):
    stated.edit("docs/faults/line.md", old.strip(), new.strip())
    with pytest.raises(ClaimError, match=rf"^docs/faults/line\.md:1: front matter: .*{at}"):
        front_matter(stated.entry)


def test_site_has_the_statements_and_is_not_built_with_a_false_one(stated: Project):
    built = stated.build()
    assert built.returncode == 0, built.stderr
    home = unescape(stated.built("index.html"))
    assert "<p>A <code>script</code> prints two lines | more.</p>" in home
    assert "Wrong on 28.5." in home
    assert 'href="faults/line.html#one"' in home
    stated.edit("docs/faults/line.md", "claim: one", "claim: one\n    until: '28.0'")
    built = stated.build()
    assert built.returncode
    assert "docs/faults/line.md:8: one holds on 28.5: correct the range" in built.stderr
