"""A page shows fresh evidence alone; while its author writes, what is stale is marked."""

from html import unescape

import pytest

from faq.site import page
from faq.site.macros import verdict_html
from faq.site.page import Page
from faq.site.twins import claim_text, measured_text
from tests.planted import BOTH_CLAIMS, PAGE, Project, engine_record

pytest_plugins = ["tests.planted_fixtures"]
SKIPPED = {"state": "not applicable", "reason": "a"}
ONE = "docs/faults/line.md: one is "


@pytest.fixture
def shown(project: Project, monkeypatch):
    """The evidence of the project's entry, as a page at an address sees it."""
    monkeypatch.setattr(page, "entry_named", lambda _: project.entry)
    recorded = {"20.10": "bookworm", "28.5": "forky", "podman-5.4": "podman"}
    return lambda address="faults/line.html": Page(address, "faults/line", recorded)


def test_missing_and_stale_cells_fail_the_site(project: Project):
    project.record("20.10", "two")
    assert f"{ONE}not run on 20.10: make record" in project.build().stderr
    project.record("20.10", "one", key="another")
    assert f"{ONE}stale on 20.10: make record" in project.build().stderr
    marked = project.build(SHOW_STALE="1")
    assert marked.returncode == 0, marked.stderr
    assert 'class="verdict differs"' in project.built()
    assert '<td class="stale" data-columns="20&#46;10">' in project.built()


def test_column_that_may_be_left_out_is_marked(project: Project):
    engine = engine_record("docker-29", "29.10.1")
    project.record("29.10", "one", key="another", engine=engine, measured={"lines": 4711})
    built = project.build()
    assert built.returncode == 0, built.stderr
    assert "stale on 29&#46;10" in project.built()
    assert "not run on 29&#46;10" in project.built()
    assert "4711" not in project.built()
    assert project.run("faq", "stale").stdout == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "✓ holds on all tested engines"),
        ({"key": "another"}, "± stale on 20.10; holds on 28.5"),
        ({"date": "2026-01-01"}, "✓ holds on all tested engines, proven over 90 days ago"),
        (SKIPPED, "± not applicable on 20.10; holds on 28.5 (a)"),
    ],
)
def test_verdict_in_words(shown, project: Project, monkeypatch, changes, words):
    monkeypatch.setenv("SHOW_STALE", "1")
    project.record("20.10", "two", **changes)
    assert shown().verdict("two").text == words
    assert claim_text(shown(), "two") == f"Two holds. ({words})"


def test_badge_has_words_only_where_engines_differ(shown, project: Project):
    project.record("20.10", "two")
    assert shown().verdict("two").badge == "✓"
    words = "✓ holds on all tested engines"
    html = unescape(verdict_html(shown(), "two"))
    assert f'title="{words}" aria-label="{words}">✓</a>' in html
    project.record("20.10", "two", state="does not hold")
    words = "± does not hold on 20.10; holds on 28.5"
    assert shown().verdict("two").badge == shown().verdict("two").text == words
    assert "title=" not in verdict_html(shown(), "two")


@pytest.mark.parametrize(
    ("address", "link"),
    [
        *(("faults/line.html", "#two"), ("faults/line/", "#two")),
        *(("index.html", "faults/line.html#two"), ("a/b.html", "../faults/line.html#two")),
    ],
)
def test_verdict_links_to_its_evidence(shown, project: Project, address, link):
    project.record("20.10", "two")
    assert shown(address).verdict("two").href == link


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        *((1.5, 12.25, "1.5–12.2"), (2.0, 2.0, "2"), (1, 1, "1"), (None, None, "nothing")),
        *((1, 2, "1 (20.10), 2 (28.5)"), (1.5, 2, "1.5 (20.10), 2 (28.5)")),
        ("sh", "bash", "`sh` (20.10), `bash` (28.5)"),
    ],
)
def test_measured_value_in_words(shown, project: Project, old, new, words):
    project.record("20.10", "two", measured={"it": old})
    project.record("28.5", "two", measured={"it": new})
    assert measured_text(shown(), "two", "it") == words


def test_value_that_was_not_measured_is_told(shown, project: Project, monkeypatch):
    monkeypatch.setenv("SHOW_STALE", "1")
    assert measured_text(shown(), "two", "it") == "it: not measured"
    assert list(shown().columns) == ["20.10", "28.5"]  # those that the entry is asked of


@pytest.mark.parametrize(
    ("macro", "message"),
    [
        ('claim("treu")', "line.md: no claim 'treu' in faults/line: there are one, two"),
        ('measured("one", "liens")', "one measured no 'liens': there are lines"),
        ('calim("one")', "calim"),
        ('claim("one", "faults/lien")', "docs/faults/line.md: no claims for 'faults/lien'"),
        ('agreement("podman")', "docs/faults/line.md: nothing is recorded on podman: make record"),
    ],
)
def test_misspelt_macro_fails_the_site(project: Project, macro, message):
    project.write("docs/faults/line.md", PAGE.format(text=f"{BOTH_CLAIMS} {{{{ {macro} }}}}"))
    built = project.build()
    assert built.returncode != 0
    assert message in built.stdout + built.stderr
