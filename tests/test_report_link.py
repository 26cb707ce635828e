"""The link that reports a wrong answer: a prefilled issue, where the repository is known."""

from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import served
from tests.planted import Project

pytest_plugins = ["tests.browser_fixtures", "tests.planted_fixtures"]
REPOSITORY = "https://git.example/team/faq"
SITE = "https://faq.example/docker/"
EVIDENCE = "## Evidence\n\n{{ evidence_table() }}"
QUESTION = "Why isn't `a & b` 100 %?"


def plant(project: Project) -> Project:
    """A project whose page ends as an entry's does."""
    project.edit("docs/faults/line.md", "{{ evidence_table() }}", EVIDENCE)
    project.edit("docs/faults/line.md", "Is this line to be trusted?", QUESTION)
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Project:
    project = plant(Project(tmp_path_factory.mktemp("report") / "project"))
    project.record("28.5", "one", measured={"lines": 1})
    project.record("28.5", "two")
    done = project.build(REPO_URL=f"{REPOSITORY}/", SITE_URL=SITE)
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture
def page(built: Project, browser: Browser) -> Iterator[Page]:
    """The page in a browser, which must have nothing to complain of."""
    complaints: list[str] = []
    with served(built.root / "site") as address, browser.new_context(base_url=address) as context:
        window = context.new_page()
        window.on("console", lambda said: complaints.append(said.text))
        window.on("pageerror", lambda error: complaints.append(str(error)))
        window.goto("faults/line.html")
        yield window
    assert complaints == []


def body(page: Page) -> list[str]:
    """The lines of the issue as the link says them now."""
    query = urlsplit(page.get_attribute("#faq-report", "href")).query
    return parse_qs(query)["body"][0].splitlines()[:3]


def test_link_has_the_page_without_scripts(built: Project):
    link = unescape(built.built().partition('id="faq-report" href="')[2].partition('"')[0])
    query = parse_qs(urlsplit(link).query)
    assert link.startswith(f"{REPOSITORY}/issues/new?")
    assert query["title"] == ["Wrong answer: Why isn't a & b 100 %?"]
    assert query["body"][0].startswith(f"Page: {SITE}faults/line.html\nClaim:\nEngine:\n\n")
    assert "faq-report" not in built.built("index.html")


def test_no_link_where_the_repository_is_unknown(project: Project):
    assert plant(project).build(REPO_URL="").returncode == 0
    for name in ("faults/line.html", "index.html"):
        assert "report" not in project.built(name)
        assert "/issues/" not in project.built(name)


def test_link_has_the_claim_that_the_address_leads_to(page: Page):
    assert body(page)[1].strip() == "Claim:"
    page.click("a.verdict[href='#two']")
    assert body(page)[1] == "Claim: two"
    page.goto("faults/line.html#in-one")
    page.reload()
    assert body(page)[1] == "Claim: one"
    page.goto("faults/line.html#evidence")
    assert body(page)[1].strip() == "Claim:"


def test_link_has_the_readers_engine(page: Page):
    assert body(page)[2].strip() == "Engine:"
    page.select_option("#faq-engine", "28.5")
    assert body(page)[2] == "Engine: 28.5"
    page.reload()
    assert body(page)[2] == "Engine: 28.5"
    page.select_option("#faq-engine", "other")
    page.fill("#faq-release", "29.10")
    page.press("#faq-release", "Tab")
    page.click("a.verdict[href='#one']")
    assert body(page) == [f"Page: {SITE}faults/line.html", "Claim: one", "Engine: 29.10"]
    page.select_option("#faq-engine", "")
    assert body(page)[2].strip() == "Engine:"
