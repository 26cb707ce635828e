"""The repository's promises about itself; no engine is needed."""

import ast
import json
import re
import tomllib
from html.parser import HTMLParser
from itertools import chain, pairwise
from pathlib import Path
from urllib.parse import urldefrag

import jsonschema_rs
import pytest

from lab import compose, evidence, valid
from lab.changes import changes
from lab.claims import ROOT, TOPICS, Entry, entries
from lab.macros import Page
from lab.pages import (
    BLOCK,
    MESSAGES,
    NOT_RUN,
    bullets,
    prose,
    snippet_faults,
    stated_claims,
    tags,
    vocabulary,
)
from lab.truth import claims_at, git, recorded
from tests.built import build

ENTRIES = entries()
IMPORTS = (ast.Import, ast.ImportFrom)
EVERY_ENTRY = pytest.mark.parametrize("entry", ENTRIES, ids=str)


def test_there_are_entries():
    assert len(ENTRIES) >= 6
    assert {entry.topic for entry in ENTRIES} <= TOPICS


def test_every_page_is_an_entry_or_named_here():
    docs = ROOT / "docs"
    files = {path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()}
    files = {name for name in files if not name.startswith("assets/")}
    assert files - {f"{entry}.md" for entry in ENTRIES} == {
        *("index.md", "matrix.md", "messages.md", "scale.md", "tags.md", "upgrade.md"),
        *("wiki/containers.md", "wiki/containers.txt"),
        *("claims.schema.json", "evidence.schema.json"),
    }


def test_folder_of_a_topic_holds_claims_and_fixtures_alone():
    topics = {path.parent for path in ROOT.glob("tests/*/test_*.py")}
    files = {
        path for topic in topics for path in topic.rglob("*") if "__pycache__" not in str(path)
    }
    assert {path for path in files if path.name != "conftest.py"} == {
        entry.claims_file for entry in ENTRIES
    }
    fixtures = {path for path in ROOT.rglob("conftest.py") if ".venv" not in path.parts}
    assert {path.parent for path in fixtures} <= {ROOT / "tests", *topics}


@pytest.mark.parametrize("topic", sorted({entry.topic for entry in ENTRIES}))
def test_claims_import_only_what_their_key_covers(topic: str):
    trees = [ast.parse(path.read_text()) for path in (ROOT / "tests" / topic).glob("*.py")]
    imports = [node for node in chain(*map(ast.walk, trees)) if isinstance(node, IMPORTS)]
    ours = [
        ast.unparse(node)
        for node in imports
        if re.search(r"\b(lab|tests)\b|^from \.", ast.unparse(node))
    ]
    assert [line for line in ours if not re.match(r"from lab\.\w+ import", line)] == []


@pytest.mark.parametrize("name", ["verify", "nightly"])
def test_workflow_asks_every_column(name: str):
    (asked,) = re.findall(r"column: \[(.*)\]", (ROOT / f".github/workflows/{name}.yml").read_text())
    assert [column.strip(' "') for column in asked.split(",")] == list(evidence.columns())


def test_schema_knows_the_engines_of_the_lab():
    schema = json.loads(valid.SCHEMA.read_text())
    assert schema["$defs"]["engine"]["properties"]["service"]["enum"] == list(compose.ENGINES)


@EVERY_ENTRY
def test_entry_is_complete(entry: Entry):
    assert entry.page.exists(), f"{entry} has no page: {entry.page.relative_to(ROOT)}"
    assert entry.snippets, f"{entry} has no snippets: {entry.folder.relative_to(ROOT)}"


@EVERY_ENTRY
def test_page_shows_every_snippet_and_nothing_else(entry: Entry):
    assert snippet_faults(entry) == []


@EVERY_ENTRY
def test_snippets_take_their_own_things_alone(entry: Entry):
    # Docker's filter looks for the name anywhere: `name=faq-` is a reader's my-faq-db as well.
    text = "\n".join(path.read_text() for path in entry.snippets)
    assert re.findall(r"--filter \W?name=(?!\^faq-)\S+", text) == []


@EVERY_ENTRY
def test_page_states_every_claim(entry: Entry):
    assert stated_claims(entry) == set(entry.claims)


@EVERY_ENTRY
def test_page_ends_with_its_evidence(entry: Entry):
    last = entry.page_text.rstrip().splitlines()[-1]
    assert last == "{{ evidence_table() }}", "the evidence is the last line of the page"


@EVERY_ENTRY
def test_what_was_not_run_names_its_source_and_date(entry: Entry):
    statements = bullets(entry.page_text, NOT_RUN)
    bare = [line for line in statements if not re.search(r"\(.*\b20\d\d\b.*\)\.$", line)]
    assert bare == [], "a bullet is one line that ends with its source: (where, 2026)."


@EVERY_ENTRY
def test_messages_were_printed_by_an_engine(entry: Entry):
    recorded = evidence.read(entry)["claims"].values()
    outputs = [
        o["text"] for claim in recorded for c in claim["cells"].values() for o in c["output"]
    ]
    for message in bullets(entry.page_text, MESSAGES):
        assert re.fullmatch("`[^`]+`", message), f"{entry}: {message} is not in backticks"
        assert any(message.strip("`") in text for text in outputs), f"{entry}: {message}"


def test_permalinks_of_the_last_release_still_lead_somewhere():
    tag = git("describe", "--tags", "--abbrev=0").strip() or "HEAD"
    published = recorded(tag)
    assert published or not (ROOT / ".git").exists()
    for entry in published:
        claims = claims_at(tag, entry)
        page = entry.page_text
        gone = [c for c in claims if c not in entry.claims and f'<a id="{c}">' not in page]
        assert gone == [], f'{entry}: links to {gone} are dead: put <a id="…"></a> where it says so'


def test_upgrade_page_lists_every_boundary():
    told = dict(re.findall(r"(?s)## From (\S+ to \S+)\n(.*?)(?=\n## |$)", changes()))
    for old, new in pairwise(evidence.releases()):
        for entry, claim in ((e, claim) for e in ENTRIES for claim in e.claims.values()):
            if claim.holds_on(old) != claim.holds_on(new):
                assert f"{entry}.html#{claim.name}" in told[f"{old} to {new}"]


@EVERY_ENTRY
def test_answer_comes_first(entry: Entry):
    title, answer = prose(entry).split("\n\n", 2)[:2]
    assert re.fullmatch(r"# .+\?", title), f"{entry}: the title is a question"
    assert answer[0].isalnum() or answer[0] in "`*[{“\"('", f"{entry}: the answer comes first"


@EVERY_ENTRY
def test_entry_has_tags_of_the_vocabulary(entry: Entry):
    assert set(tags(entry)) <= vocabulary(), f"{entry}: mkdocs.yml has the vocabulary"
    assert 2 <= len(set(tags(entry))) == len(tags(entry)) <= 5, f"{entry}: two to five tags"


@pytest.mark.parametrize("tag", sorted(vocabulary()))
def test_tag_joins_two_entries_or_more(tag: str):
    assert len([entry for entry in ENTRIES if tag in tags(entry)]) >= 2


@EVERY_ENTRY
def test_upgrade_surprise_is_proven(entry: Entry):
    bounded = [claim for claim in entry.claims.values() if claim.since or claim.until]
    assert bounded or "upgrade surprise" not in tags(entry)


@EVERY_ENTRY
def test_evidence_is_whole(entry: Entry):
    recorded = evidence.read(entry)["claims"]
    assert list(recorded) == [name for name in entry.claims if name in recorded]
    assert {name: claim["sentence"] for name, claim in recorded.items()} == {
        name: entry.claims[name].sentence for name in recorded
    }


@EVERY_ENTRY
def test_a_claim_has_its_control(entry: Entry):
    assert len(entry.claims) >= 2, f"{entry}: one claim alone has no control"


def test_all_evidence_is_fresh():
    assert evidence.to_record() == [], "make record"


def test_nothing_names_a_host_of_packages():
    assert not re.search(r"https?://", (ROOT / "requirements.txt").read_text())


def test_every_requirement_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert {re.match(r"[\w.-]+", name)[0] for name in wanted} <= set(locked)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly."""
    return build(tmp_path_factory.mktemp("site"))


class Links(HTMLParser):
    """Collects what a page loads, where it links to, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: set[str] = set()
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):  # noqa: D102 # html.parser's
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        elif "src" in given or (tag == "link" and given.get("rel") != "canonical"):
            self.loads.add(given.get("src") or given.get("href", ""))


def pages(site: Path) -> dict[Path, Links]:
    return {path: Links(path.read_text()) for path in site.rglob("*.html")}


def test_site_loads_nothing_from_elsewhere(site: Path):
    loads = {link for page in pages(site).values() for link in page.loads}
    assert [link for link in loads if re.match(r"(https?:)?//", link)] == []


@EVERY_ENTRY
def test_page_prints_every_verdict_as_it_is_computed(site: Path, entry: Entry):
    said, _, _ = (site / f"{entry}.html").read_text().partition('id="evidence"')
    page = Page(f"{entry}.html", "", evidence.columns())
    assert [name for name in entry.claims if page.verdict(name) not in said] == []


def test_page_has_no_code_but_snippets(site: Path):
    for entry in ENTRIES:
        shown, _, _ = (site / f"{entry}.html").read_text().partition('id="evidence"')
        assert shown.count("<pre") == len(BLOCK.findall(entry.page_text)), entry


def test_links_and_anchors_of_the_site_exist(site: Path):
    known = pages(site)
    broken = []
    for path, page in known.items():
        if path.name == "404.html":
            continue  # its links are absolute, as it is shown for any address
        for link in page.links:
            address, anchor = urldefrag(link)
            if re.match(r"\w+:", address):
                continue
            target = (path.parent / address).resolve() if address else path
            target = target / "index.html" if target.is_dir() else target
            if not target.exists() or (
                anchor and target in known and anchor not in known[target].anchors
            ):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert broken == []


def test_every_claim_has_an_anchor(site: Path):
    for entry in ENTRIES:
        anchors = Links((site / f"{entry}.html").read_text()).anchors
        assert set(entry.claims) <= anchors, entry


def test_tags_stand_before_the_evidence_and_lead_to_their_list(site: Path):
    listed = Links((site / "tags.html").read_text())
    for entry in ENTRIES:
        text = (site / f"{entry}.html").read_text()
        assert re.search(r'class="md-tags"[\s\S]*?</nav>\s*<h2 id="evidence">', text), entry
        links = {urldefrag(link) for link in Links(text).links if "tags.html#" in link}
        shown = {f"tag:{tag.lower().replace(' ', '-')}" for tag in tags(entry)}
        assert {link.fragment for link in links} == shown <= listed.anchors, entry
        assert f"{entry}.html" in listed.links


def test_twin_is_markdown_alone_with_its_tags_as_text(site: Path):
    for entry in ENTRIES:
        text = (site / f"{entry}.md").read_text()
        assert text.startswith("# "), entry
        assert text.endswith(f"\nTags: {', '.join(tags(entry))}\n"), entry


def test_claims_json_is_as_its_schema_says(site: Path):
    schema = json.loads((site / "claims.schema.json").read_text())
    data = json.loads((site / "claims.json").read_text())
    faults = jsonschema_rs.validator_for(schema).iter_errors(data)
    assert [fault.message for fault in faults] == []
    assert sum(len(entry["claims"]) for entry in data["entries"]) == sum(
        len(entry.claims) for entry in ENTRIES
    )
