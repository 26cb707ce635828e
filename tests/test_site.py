"""The built site's promises: what a page loads, where it links to, and what it shows."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag

import jsonschema_rs
import pytest

from faq.entries import Entry, entries
from faq.evidence.store import recorded_columns, releases
from faq.pages import BLOCK, tags
from faq.site.macros import verdict_html
from faq.site.page import Page
from faq.site.schemas import schema_files
from tests.built import build, once
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]
ENTRIES = entries()
EVERY_ENTRY = pytest.mark.parametrize("entry", ENTRIES, ids=str)
EXPORTED = {"evidence.schema.json": [entry.evidence_file for entry in ENTRIES]}
# Builds a site, then prints which modules of the project were loaded for it.
LOADED = """
import sys
from mkdocs.__main__ import cli
cli(["build", "--strict"], standalone_mode=False)
print([name for name in sys.modules if name.startswith("faq.")])
"""


@pytest.fixture(scope="module")
def site() -> Path:
    return once("site", build)


class Links(HTMLParser):
    """Collects what a page loads, where it links to, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: set[str] = set()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element loads or links to, and its name."""
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        elif "src" in given or (tag == "link" and given.get("rel") != "canonical"):
            self.loads.add(given.get("src") or given.get("href", ""))


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Links]:
    return {path: Links(path.read_text()) for path in site.rglob("*.html")}


def test_build_loads_no_code_of_the_lab(project: Project):
    project.write("loaded.py", LOADED)
    loaded = project.run("loaded")
    assert loaded.returncode == 0, loaded.stderr
    names = json.loads(loaded.stdout.splitlines()[-1].replace("'", '"'))
    assert {"faq.site.exports", "faq.site.page", "faq.evidence.store"} <= set(names)
    assert [name for name in names if name.startswith(("faq.lab", "faq.run"))] == []


@EVERY_ENTRY
def test_page_shows_verdicts_as_computed_and_no_code_but_snippets(site: Path, pages, entry: Entry):
    path = site / f"{entry}.html"
    shown, _, _ = path.read_text().partition('id="evidence"')
    page = Page(f"{entry}.html", "", recorded_columns())
    assert [name for name in entry.claims if verdict_html(page, name) not in shown] == []
    assert shown.count("<pre") == len(BLOCK.findall(entry.page_text))
    assert set(entry.claims) <= pages[path].anchors


def test_links_and_anchors_of_the_site_exist(site: Path, pages: dict[Path, Links]):
    for path, page in pages.items():
        if path.name != "404.html":  # its links are absolute, as it is shown for any address
            broken = [link for link in page.links if leads_nowhere(link, path, pages)]
            assert broken == [], path
        assert [link for link in page.loads if re.match(r"(https?:)?//", link)] == [], path


def leads_nowhere(link: str, path: Path, pages: dict[Path, Links]) -> bool:
    """Whether a link of a page is to a file or an anchor of the site that is not there."""
    address, anchor = urldefrag(link)
    if re.match(r"\w+:", address):
        return False
    target = (path.parent / address).resolve() if address else path
    target = target / "index.html" if target.is_dir() else target
    is_known = anchor and target in pages
    return not target.exists() or bool(is_known and anchor not in pages[target].anchors)


@EVERY_ENTRY
def test_tags_stand_before_the_evidence_and_in_the_twin(site: Path, pages, entry: Entry):
    path, listed = site / f"{entry}.html", pages[site / "tags.html"]
    assert re.search(r'class="md-tags"[\s\S]*?</nav>\s*<h2 id="evidence">', path.read_text())
    links = {urldefrag(link).fragment for link in pages[path].links if "tags.html#" in link}
    shown = {f"tag:{tag.lower().replace(' ', '-')}" for tag in tags(entry)}
    assert links == shown <= listed.anchors
    assert f"{entry}.html" in listed.links
    twin = (site / f"{entry}.md").read_text()
    assert twin.startswith("# ")
    assert twin.endswith(f"\nTags: {', '.join(tags(entry))}\n")
    assert not re.search(r"\{\{ \w+\(|--8<--|&#\d+;|<table", twin)


@EVERY_ENTRY
def test_upgrade_page_lists_every_boundary(site: Path, entry: Entry):
    page = unescape((site / "upgrade.html").read_text())
    parts = re.split(r"<h2 [^>]+>From (\S+ to [^<]+)", page)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    for old, new in pairwise(releases()):
        for claim in entry.claims.values():
            if claim.expected_on(old) != claim.expected_on(new):
                assert f'href="{entry}.html#{claim.name}"' in told[f"{old} to {new}"]


def test_exports_are_as_their_schemas_say(site: Path):
    for name, text in schema_files().items():
        validator = jsonschema_rs.validator_for(json.loads(text), validate_formats=True)
        assert (site / name).read_text() == text
        for path in EXPORTED.get(name, [site / "claims.json"]):
            assert list(validator.iter_errors(json.loads(path.read_text()))) == [], path
    data = json.loads((site / "claims.json").read_text())
    exported = {
        entry["id"]: [claim["id"] for claim in entry["claims"]] for entry in data["entries"]
    }
    assert list(exported.items()) == [(str(entry), list(entry.claims)) for entry in ENTRIES]
