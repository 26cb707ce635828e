"""The way out of mkdocs: Zensical builds the same sources, and `CANNOT_YET` lists what it lacks."""

import json
import posixpath
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from faq import ROOT
from faq.site import hooks
from faq.site.format import STATES
from tests.built import build, once
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]
SOURCES = ["docs", "faq", "mkdocs.yml", "snippets", "tests", "theme"]
OF_THE_THEME = re.compile(r"assets/(images|javascripts|stylesheets)/|sitemap\.|search\.json")
TAG_HEADING = re.compile(r'(<h2 id="(tag:[^"]+)">.*?)(</h2>)')
TAG_ORDER = re.compile(r"^ +\w*tags_sort_by: .+\n", re.MULTILINE)
WRITTEN_BY_HOOKS = ['<code tabindex="0"', "Content-Security-Policy"]
ARGUMENTS = ("build", "--clean", "--strict")
WITHOUT_MKDOCS = f"""
import sys
sys.modules |= dict.fromkeys(["material", "mkdocs", "mkdocs_macros"])
from zensical.main import cli
cli({[*ARGUMENTS]})
"""


def call_on_config(site: Path) -> None:
    states = f'"faq-states">{json.dumps(STATES, sort_keys=True)}<'
    rewrite(site, lambda html, _: html.replace('"faq-states">null<', states))


def call_on_page_content(site: Path) -> None:
    rewrite(site, lambda html, url: hooks.on_page_content(html, SimpleNamespace(url=url)))


def call_on_post_page(site: Path) -> None:
    rewrite(site, lambda html, _: hooks.on_post_page(html))


def call_on_post_build(site: Path) -> None:
    hooks.on_post_build(SimpleNamespace(site_dir=site, site_url=""))


def link_to_headings_of_tags(site: Path) -> None:
    link = r'\1<a class="headerlink" href="#\2">¶</a>\3'
    rewrite(site, lambda html, _: TAG_HEADING.sub(link, html))


CANNOT_YET = {
    "hooks: give the theme's scripts the states": call_on_config,
    "hooks: name the tested engines, let arrow keys move code": call_on_page_content,
    "hooks: set the policy of a page": call_on_post_page,
    "hooks: write the files beside the pages": call_on_post_build,
    "tags: link to their headings": link_to_headings_of_tags,
}
"""What Zensical lacks, and what makes up for it in the site that it has built.

One thing more: mkdocs.yml names mkdocs-material's function that sorts tags, which has to be there.
"""


def rewrite(site: Path, change: Callable[[str, str], str]) -> None:
    """Change each page of a site, given its text and its address."""
    for path in site.rglob("*.html"):
        path.write_text(change(path.read_text(), path.relative_to(site).as_posix()))


class Said(HTMLParser):
    """What a page says: its text, anchors, links and verdicts, and what its scripts get."""

    def __init__(self, html: str, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.verdicts: list[dict[str, str]] = []
        self.text = ""
        self.feed(html.partition("<article")[2].partition("</article>")[0])
        self.text = " ".join(self.text.split())
        self.in_frame = [
            html.count(part) for part in (*WRITTEN_BY_HOOKS, json.dumps(STATES, sort_keys=True))
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element's anchor, link and verdict; `__skip` and the like are the theme's."""
        given = {name: value or "" for name, value in attrs}
        if not given.get("id", "__").startswith("__"):
            self.anchors.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(self.resolved(given["href"]))
        if "data-states" in given:
            self.verdicts.append(given)

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        self.text += data

    def resolved(self, link: str) -> str:
        """A link as seen from the site's root; an anchor of the page and a foreign one stay."""
        if re.match(r"#|\w+:", link):
            return link
        return posixpath.normpath(posixpath.join(self.folder, link))


@cache
def files(site: Path) -> list[str]:
    """The files of a site but the theme's own."""
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    return sorted(name for name in names if not OF_THE_THEME.match(name))


def said(site: Path, name: str) -> object:
    """A file of a site, as far as it is to be the same."""
    path = site / name
    if path.suffix != ".html":
        return path.read_bytes()
    page = Said(path.read_text(), posixpath.dirname(name))
    return (page.text, page.anchors, page.links, page.verdicts, *page.in_frame)


said_by_mkdocs = cache(said)


def differences(site: Path, other: Path) -> Iterator[str]:
    """What is not the same in a site that Zensical built and in the one that mkdocs built."""
    names = files(other)
    yield from set(files(site)).symmetric_difference(names)
    for name in names:
        if said(site, name) != said_by_mkdocs(other, name):
            yield name


def build_with_zensical(folder: Path) -> None:
    """Copy the sources and build them: Zensical takes no links, and writes beside them."""
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    built = Project(folder).run("zensical", *ARGUMENTS)
    assert built.returncode == 0, built.stdout + built.stderr


@pytest.fixture(scope="module")
def of_mkdocs() -> Path:
    return once("site", build)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    built = once("zensical", build_with_zensical) / "site"
    return shutil.copytree(built, tmp_path / "site")


def test_zensical_builds_the_same_but_for_what_is_listed(site: Path, of_mkdocs: Path):
    for make_up in CANNOT_YET.values():
        make_up(site)
    assert list(differences(site, of_mkdocs)) == []


@pytest.mark.parametrize("left_out", CANNOT_YET)
def test_what_is_listed_is_still_missing(site: Path, of_mkdocs: Path, left_out: str):
    for name, make_up in CANNOT_YET.items():
        if name != left_out:
            make_up(site)
    assert next(differences(site, of_mkdocs), None), f"Zensical can do it: {left_out}"


def test_sources_need_nothing_of_mkdocs_but_the_order_of_tags(project: Project):
    project.write("build.py", WITHOUT_MKDOCS)
    refused = project.run("build")
    assert "cannot find module 'material.plugins.tags'" in refused.stderr
    project.write("mkdocs.yml", TAG_ORDER.sub("", (project.root / "mkdocs.yml").read_text()))
    built = project.run("build")
    assert built.returncode == 0, built.stdout + built.stderr
    assert 'id="in-one"' in unescape(project.built())


@pytest.mark.parametrize(
    "fault", ['{{ claim("none") }}', "{{ nothing }}", "[a](none.md)", '--8<-- "none"', "[a](#none)"]
)
def test_zensical_refuses_a_fault(project: Project, fault: str):
    assert project.run("zensical", *ARGUMENTS).returncode == 0
    project.edit("docs/faults/line.md", "\n\n", f"\n\n{fault}\n\n")
    assert project.run("zensical", *ARGUMENTS).returncode == 1
