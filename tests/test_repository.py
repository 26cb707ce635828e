"""The repository's promises about itself; no engine is needed."""

import ast
import importlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path

import pytest
import yaml

from faq import ROOT, columns
from faq.claims import EVERYWHERE
from faq.columns import listed
from faq.entries import TOPICS, Entry, entries, entry_named
from faq.evidence import history, store
from faq.evidence.freshness import stale_cells
from faq.evidence.model import Verdict
from faq.pages import (
    INCLUDED,
    NOT_RUN,
    bullets,
    listed_messages,
    page_errors,
    prose,
    stated_claims,
    tags,
)

ENTRIES = entries()
EVERY_ENTRY = pytest.mark.parametrize("entry", ENTRIES, ids=str)
SENTENCE_WORDS = 30
FIX_LINES = 8
OF_THE_LAB = re.compile(r"faq-|\$\d|192\.0\.2\.|registry:5000")
VOCABULARY = re.search(r"tags_allowed:.*\n((?: +- .+\n)+)", (ROOT / "mkdocs.yml").read_text())[1]
TAGS = [item.partition(" #")[0].strip() for item in VOCABULARY.replace("- ", "").splitlines()]
WORKFLOWS = [ROOT / f".github/workflows/{name}.yml" for name in ("verify", "nightly")]


def nodes_of_the_code() -> Iterator[tuple[str, ast.AST]]:
    """All parts of the modules of the package, parsed."""
    for path in sorted((ROOT / "faq").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            yield path.relative_to(ROOT).as_posix(), node


def test_every_page_is_an_entry_or_named_here():
    docs = ROOT / "docs"
    files = {path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()}
    files = {name for name in files if not name.startswith("assets/")}
    assert {entry.topic for entry in ENTRIES} <= TOPICS
    assert files - {f"{entry}.md" for entry in ENTRIES} == {
        *("documentation.md", "index.md", "matrix.md", "messages.md"),
        *("scale.md", "tags.md", "upgrade.md"),
        *("wiki/containers.md", "wiki/containers.txt"),
    }


def test_folder_of_a_topic_holds_claims_and_fixtures_alone():
    topics = {path.parent for path in ROOT.glob("tests/*/test_*.py")}
    for topic in topics:
        files = {path for path in topic.rglob("*") if path.is_file() and path.suffix != ".pyc"}
        files.discard(topic / "conftest.py")
        assert files == {entry.claims_file for entry in ENTRIES if entry.topic == topic.name}
    fixtures = {path for path in ROOT.rglob("conftest.py") if ".venv" not in path.parts}
    assert {path.parent for path in fixtures} <= {ROOT / "tests", *topics}


@pytest.mark.parametrize("topic", sorted({entry.topic for entry in ENTRIES}))
def test_claims_import_only_what_their_key_covers(topic: str):
    for path in (ROOT / "tests" / topic).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import | ast.ImportFrom):
                line = ast.unparse(node)
                is_ours = re.search(r"\b(faq|tests)\b|^from \.", line)
                assert not is_ours or re.match(r"from faq\.lab\.\w+ import", line), path


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow_asks_for_the_list_of_engines(path: Path):
    jobs = yaml.safe_load(path.read_text())["jobs"]
    matrix = jobs["engine"]["strategy"]["matrix"]
    assert matrix["column"] == "${{ fromJSON(needs.columns.outputs.columns) }}"
    (step,) = [step for step in jobs["columns"]["steps"] if step.get("id") == "list"]
    assert step["run"] == 'echo "columns=$(make --silent columns)" >>"$GITHUB_OUTPUT"'


@pytest.mark.parametrize(
    "path",
    [*(path.relative_to(ROOT) for path in WORKFLOWS), "docs/index.md", "Makefile", "mkdocs.yml"],
    ids=str,
)
def test_no_list_of_engines_is_typed(path: str):
    text = (ROOT / path).read_text()
    names = [*columns.services(), *store.recorded_columns()]
    typed = [name for name in names if re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])", text)]
    assert len(typed) <= 1, "an example may name one engine"


def test_code_lists_no_engines_and_names_variables_after_their_thing():
    names = {*columns.services()} - {columns.PODMAN}
    for path, node in nodes_of_the_code():
        if isinstance(node, ast.List | ast.Tuple | ast.Set | ast.Dict):
            parts = node.keys if isinstance(node, ast.Dict) else node.elts
            words = {part.value for part in parts if isinstance(part, ast.Constant)}
            assert len(words & names) <= 1, f"{path}:{node.lineno}: a list of engines"
        name = node.arg if isinstance(node, ast.arg) else getattr(node, "id", "")
        assert name != "found", f"{path}:{node.lineno}"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "bench").glob("[a-z]*.py")), ids=lambda path: path.stem
)
def test_bench_can_be_loaded(path: Path):
    importlib.import_module(f"tests.bench.{path.stem}")  # nothing else of a run loads it


def test_functions_of_the_package_have_names_of_their_own():
    names: Counter[str] = Counter()
    for _, node in nodes_of_the_code():
        if isinstance(node, ast.ClassDef):
            continue
        for child in filter(is_function, ast.iter_child_nodes(node)):
            names[child.name] += "command" not in "".join(map(ast.unparse, child.decorator_list))
    assert [name for name, count in names.items() if count > 1] == []


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


@EVERY_ENTRY
def test_entry_is_complete(entry: Entry):
    assert entry.page.exists(), f"{entry} has no page: {entry.relative(entry.page)}"
    assert entry.snippets, f"{entry} has no snippets: {entry.relative(entry.folder)}"
    assert len(entry.claims) >= 2, f"{entry}: one claim alone has no control"
    # Docker's filter looks for the name anywhere: `name=faq-` is a reader's my-faq-db as well.
    text = "\n".join(path.read_text() for path in entry.snippets)
    assert re.findall(r"--filter \W?name=(?!\^faq-)\S+", text) == []


@EVERY_ENTRY
def test_page_shows_every_snippet_and_states_every_claim(entry: Entry):
    assert page_errors(entry) == []
    assert stated_claims(entry) == set(entry.claims)
    title, answer = prose(entry).split("\n\n", 2)[:2]
    assert re.fullmatch(r"# .+\?", title), f"{entry}: the title is a question"
    assert answer[0].isalnum() or answer[0] in "`*[{“\"('", f"{entry}: the answer comes first"
    last = entry.page_text.rstrip().splitlines()[-1]
    assert last == "{{ evidence_table() }}", "the evidence is the last line of the page"


@EVERY_ENTRY
def test_sentences_of_claims_are_short(entry: Entry):
    words = {claim.name: len(claim.sentence.split()) for claim in entry.claims.values()}
    assert {name: count for name, count in words.items() if count > SENTENCE_WORDS} == {}


@EVERY_ENTRY
def test_fix_follows_the_answer_and_is_run(entry: Entry):
    fix = prose(entry).split("\n\n", 3)[2:]
    assert fix[0] == '!!! success "Fix"', f"{entry}: the fix stands below the answer"
    block = re.match(r"(?: {4}.*\n|\n)+", fix[1] + "\n")
    files = [entry.root / "snippets" / name for name in INCLUDED.findall(block[0])]
    assert {path.name.partition(".")[0].partition("-")[0] for path in files} <= {"fix", "wrong"}
    scripts = [path.read_text() for path in entry.snippets if path.suffix == ".sh"]
    calls = "\n".join([entry.claims_file.read_text(), *scripts])
    for path in files:
        lines = list(filter(None, path.read_text().splitlines()))
        assert len(lines) <= FIX_LINES, f"{path.name}: at most {FIX_LINES} lines"
        assert OF_THE_LAB.findall(path.read_text()) == [], f"{path.name}: as a reader types it"
        named = path.name if path.suffix == ".sh" else path.stem
        assert f'"{named}"' in calls or path.name in calls, f"{path.name}: no claim runs it"


@EVERY_ENTRY
def test_bullets_name_their_source_or_were_printed_by_an_engine(entry: Entry):
    statements = bullets(entry.page_text, NOT_RUN)
    bare = [line for line in statements if not re.search(r"\(.*\b20\d\d\b.*\)\.$", line)]
    assert bare == [], "a bullet is one line that ends with its source: (where, 2026)."
    printed = ""
    for claim in store.read(entry).claims.values():
        for cell in claim.cells.values():
            printed += "".join(output.text for output in cell.output)
    for message in listed_messages(entry.page_text):
        assert message.strip("`") in printed, f"{entry}: {message}"


def test_permalinks_of_the_last_release_still_lead_somewhere():
    tag = history.git("describe", "--tags", "--abbrev=0").strip() or "HEAD"
    published = history.entries_at(tag)
    assert published or not (ROOT / ".git").exists()
    for entry in published:
        anchors = {*entry.claims, *re.findall(r'<a id="(\w+)">', entry.page_text)}
        gone = history.evidence_at(tag, entry).claims.keys() - anchors
        assert not gone, f'{entry}: links to {gone} are dead: put <a id="…"></a> where it says so'


@EVERY_ENTRY
def test_entry_has_tags_of_the_vocabulary(entry: Entry):
    chosen = tags(entry)
    assert set(chosen) <= set(TAGS), f"{entry}: mkdocs.yml has the vocabulary"
    assert 2 <= len(set(chosen)) == len(chosen) <= 5, f"{entry}: two to five tags"
    ranges = chain.from_iterable(claim.holds for claim in entry.claims.values())
    bounds = {(limits.since, limits.until) for limits in ranges}
    everywhere = {(EVERYWHERE.since, EVERYWHERE.until)}
    assert bounds != everywhere or "upgrade surprise" not in chosen


@pytest.mark.parametrize("tag", TAGS)
def test_tag_joins_two_entries_or_more(tag: str):
    assert len([entry for entry in ENTRIES if tag in tags(entry)]) >= 2


@EVERY_ENTRY
def test_evidence_is_of_the_claims_as_they_stand(entry: Entry):
    recorded = store.read(entry).claims
    sentences = {name: entry.claims[name].sentence for name in entry.claims if name in recorded}
    assert list(recorded) == list(sentences)
    assert {name: record.sentence for name, record in recorded.items()} == sentences


def test_all_evidence_is_fresh():
    assert stale_cells() == [], "make record"


def test_every_requirement_is_locked_and_no_host_is_named():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    requirements = (ROOT / "requirements.txt").read_text()
    locked = re.findall(r"^([\w.-]+)==", requirements, re.MULTILINE)
    for names in (project["dependencies"], *project["optional-dependencies"].values()):
        assert {re.match(r"[\w.-]+", name)[0] for name in names} <= set(locked)
    assert not re.search(r"https?://", requirements)


WIKI = ROOT / "docs" / "wiki" / "containers.md"
VERDICT = "(Holds( on .+)?|Does not hold|Not tested here|Opinion|House rule|Label)"
STATED = re.compile(r"(?m)^\*\*(Holds.*?|Does not hold)\.\*\* ((?:.+\n?)+)")
CLAIM = re.compile(r"""claim\("(\w+)", "(\S+)"\)""")


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def test_wiki_page_is_there_word_for_word():
    shown = re.findall(r"^(?:> |##+ )(.+)$", WIKI.read_text(), re.MULTILINE)
    assert letters("".join(shown)) == letters(WIKI.with_suffix(".txt").read_text())


def test_every_sentence_of_the_wiki_page_has_its_verdict():
    blocks = WIKI.read_text().split("\n\n")
    for sentence, verdict in pairwise(blocks):
        if sentence.startswith("> "):
            assert re.match(r"\*\*" + VERDICT + r"\.\*\* ", verdict), sentence
            assert not re.search(r"(?<!Eg)[.?!] (?=[A-Z(])", sentence), sentence


def test_verdicts_of_the_wiki_page_are_those_of_its_claims():
    for verdict, proof in STATED.findall(WIKI.read_text()):
        claims = CLAIM.findall(proof)
        assert claims, f"{verdict}: {proof}"
        for name, path in claims:
            cells = store.read(entry_named(path)).cells(name)
            states = {column: cell.state for column, cell in cells.items()}
            where = [column for column, state in states.items() if state == Verdict.HOLDS]
            everywhere = set(states.values()) <= {Verdict.HOLDS, Verdict.NOT_APPLICABLE}
            expected = {"Holds": everywhere, "Does not hold": bool(where)}
            expected[f"Holds on {listed(where, cells.keys())}"] = True
            assert expected.get(verdict), f"{path}: {name}"
