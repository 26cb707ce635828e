"""What the macros make of evidence: a page, its twin, the lists of all pages, the exports."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from itertools import product

import pytest
from msgspec.structs import replace

from faq.evidence.model import Output, Replay, Verdict
from faq.evidence.sanitize import clean_output
from tests.planted import PAGE, Project, engine_record
from tests.recorded import HOSTILE

CLAIMS = '''"""How are these shown?"""

import pytest


def test_same(snippet, measured):
    """It is `so` everywhere."""
    assert snippet("print.sh")


@pytest.mark.holds(since="28.0")
def test_new(engine, measured):
    """It holds on new engines."""
    assert engine


def test_skipped(engine):
    """It applies to some."""
    assert engine
'''
TEXT = """\
It takes time. {{ claim("same") }} It took {{ measured("same", "seconds") }} s,
{{ measured("new", "count") }} times in {{ measured("same", "shell") }}. {{ agreement("docker") }}

{{ claim("new") }}

{{ claim("skipped") }}

{{ bars("Sizes", {"A": "same", "B": "new"}, ["MB", "count"], {"count": 2}) }}

## How?

!!! bug "Error messages on this page"

    - `no such line`
    - `Another`
"""
QUESTION = "Is this line to be trusted?"
INDEX = """\
# Home

{{ summary() }} {{ columns("docker") }}. {{ claim("same", "faults/line") }}
{{ measured("new", "count", "faults/line") }}

{{ matrix() }}

{{ messages() }}

{{ changes() }}
"""
FLOOD = clean_output(Output("COLUMNS=80 sh ps.sh", 0, f"{HOSTILE}\x1b[31mred{'x' * 10_000}"))


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> Project:
    """A site with a claim of each kind on three columns, one of them with hostile output."""
    project = Project(tmp_path_factory.mktemp("shown") / "project", CLAIMS)
    head = "---\ntags: [shell, layers]\n---\n\n"
    project.write("docs/faults/line.md", head + PAGE.format(text=TEXT))
    project.write("docs/index.md", INDEX)
    trouble = Output("sh print.sh", 1, "error: no such line\nall well\n")
    same = {"shell": "sh", "MB": [20.0, 0.0]}
    old = {"output": [trouble], "replay": Replay(14, 15)}
    project.record("20.10", "same", measured=same | {"seconds": 10.26}, **old)
    project.record("26.1", "same", measured=same | {"seconds": 9.1}, **old)
    project.record("28.5", "same", "2026-01-01", measured=same | {"seconds": 120.4}, output=[FLOOD])
    project.record("28.5", "new", measured={"count": 2, "MB": 30.5})
    for column in ("20.10", "26.1"):
        measured = {"count": 2, "MB": 1.5}
        project.record(column, "new", state=Verdict.DOES_NOT_HOLD, measured=measured)
        project.record(column, "skipped", state=Verdict.NOT_APPLICABLE, reason=f"no {HOSTILE}")
    engine = replace(engine_record("forky", "28.5.1"), kernel="6.2", security_options=["a", "b"])
    project.record("28.5", "skipped", engine=engine, measured={"answer": True, "word": HOSTILE})
    before = engine_record("forky", "30.1.0", "2025-01-01")  # the column that forky was once
    gone = Output("sh gone.sh", 1, "error: gone\n")
    project.record("30.1", "same", "2025-01-01", before, measured={"gone": 1}, output=[gone])
    project.commit()
    built = project.build()
    assert built.returncode == 0, built.stderr
    return project


class Text(HTMLParser):
    """The text of a page's article, words one space apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html.partition("<article")[2].partition("</article>")[0])
        self.text = " ".join(self.text.split())

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        self.text += data


PAGE_TELLS = [
    f"{QUESTION}¶ Tested on Docker 20.10, 26.1, 28.5 · 1 January 2026 · Markdown",
    "It takes time. It is so everywhere. ✓ holds on all tested engines, proven over 90 days ago",
    "It took 9.1–120 s, 2 times in sh.",
    "It holds on new engines. ± does not hold on 20.10, 26.1; holds on 28.5",
    "± not applicable on 20.10, 26.1; holds on 28.5 (no",
    "Of the 1 claims on this page that hold on every Docker Engine, 1 hold on 20.10, 26.1, 28.5",
    "A MB: 20, 0 B MB: 30.5; count: 2 Sizes. Drawn from the evidence of 28.5.",
    "COLUMNS=80 sh ps.sh on 28.5 printed:",
    "sh print.sh on 20.10, 26.1, exit code 1 printed: error: no such line all well",
    "the files, on 20.10, 26.1 (names, ids and options in it are those of that engine): sh",
    "are those of that engine): COLUMNS=80 sh ps.sh sh clean.sh",
    "The check fails under 28 of 30 deliberate changes of the engines' answers.",
    "✗ does not hold ✗ does not hold ✓ holds Measurements and output",
    "Not applicable on 20.10, 26.1: no",
    "answer 28.5: yes word 28.5: <script>",
    "shell all tested engines: sh",
    "All results date from 1 January 2026 or later.",
    "Engine details 20.10 26.1 28.5 version 20.10.1 26.1.1 28.5.1 API 1.51",
    "kernel 6.1 6.1 6.2",
    "security options seccomp,profile=builtin seccomp,profile=builtin a, b",
    "mkdir faq-line && cd faq-line cat >clean.sh <<'END-OF-FILE' # Nothing to clean up.",
]
HOME_TELLS = [
    "3 claims, each tested on 3 engine configurations. 7 of 9 results are up to date, the oldest",
    "oldest from 2026-01-01; 2 are not applicable. Of the factual statements, 3 of 3 (100 %) are",
    "20.10, 26.1 and 28.5.",
    "Is this line to be trusted? It is so everywhere. ✓ ✓ ✓ It holds on new engines. ✗ ✗ ✓",
    "Under 28 of 30 deliberate changes of the engines' answers, the check of a claim fails.",
    "Message Cause Fix Another It takes time. Is this line to be trusted? no such line It is so",
    "everywhere. ✓ holds on all tested engines, proven over 90 days ago In context It takes",
    "From 20.10 to 26.1¶ 0 of 3 claims differ. From 26.1 to 28.5¶ 3 of 3 claims differ.",
    "It holds on new engines. evidence verdict ✗ does not hold ✓ holds MB 1.5 30.5",
    "verdict – not applicable: no",
]


@pytest.mark.parametrize(
    ("name", "told"), [*product(["faults/line"], PAGE_TELLS), *product(["index"], HOME_TELLS)]
)
def test_page_tells(shown: Project, name: str, told: str):
    assert told in Text(shown.built(f"{name}.html")).text


@pytest.mark.parametrize(("name", "times"), [("faults/line.html", 3), ("index.html", 1)])
def test_output_is_data(shown: Project, name: str, times: int):
    html = shown.built(name)
    assert not re.search("<script>alert|\x1b", html)
    assert len(html) < 100_000
    text = Text(html).text
    assert text.count(HOSTILE.strip()) >= times  # printed, measured, and why it does not apply
    assert ("characters cut" in text) is (times == 3)


def test_column_that_an_engine_was_once_is_not_shown(shown: Project):
    twin_and_data = ["faults/line.md", "claims.json", "assets/search-data.js"]
    for name in ["faults/line.html", "index.html", *twin_and_data]:
        assert not re.search(r"\b30\.1\b|\bgone\b", unescape(shown.built(name))), name


def test_verdict_is_data_for_the_scripts_too(shown: Project):
    verdicts = re.findall(r'class="verdict (.+)" href="(.+)" data-states="(.+)"', shown.built())
    assert [kind for kind, *_ in verdicts] == ["holds old", "differs", "differs"]
    assert [unescape(link) for _, link, _ in verdicts] == ["#same", "#new", "#skipped"]
    states = {"20.10": "does not hold", "26.1": "does not hold", "28.5": "holds"}
    assert json.loads(unescape(verdicts[1][2])) == states


def test_links_lead_to_the_evidence(shown: Project):
    home = unescape(shown.built("index.html"))
    assert 'href="faults/line.html#same" data-states=' in home
    link = '<a href="faults/line.html#new" aria-label="holds on 28.5: the evidence">'
    assert re.search(rf"{link}\s*✓", home)
    assert f'<a href="faults/line.html">{QUESTION}</a>' in home
    assert "<summary>3 claims new</summary>" in shown.built("feed.xml")


def test_head_leads_to_the_feed_and_the_twin_and_tells_the_answer(shown: Project):
    head = shown.built().partition("</head>")[0]
    links = dict(re.findall(r'<link rel="alternate \w+" type="(\S+)".* href="(\S+)">', head))
    assert links == {"application/atom+xml": "../feed.xml", "text/markdown": "line.md"}
    told = dict(re.findall(r'<meta property="og:(\w+)" content="(.+)">', head))
    assert (told["title"], told["type"]) == (QUESTION, "article")
    assert told["description"].startswith("It takes time. It is so everywhere.")
    assert f'<meta name="description" content="{told["description"]}">' in head
    assert f"<title>{QUESTION} - Container FAQ</title>" in head


def test_twin_is_plain_text(shown: Project):
    twin = shown.built("faults/line.md")
    assert "\nTested on Docker 20.10, 26.1, 28.5 since 2026-01-01.\n" in twin
    assert twin.startswith(f"# {QUESTION}\n\nIt takes time. It is `so` everywhere. (✓ holds")
    assert "It took 9.1–120 s,\n2 times in `sh`." in twin
    assert "Sizes, on 28.5: A, MB: 20, 0. B, MB: 30.5; count: 2." in twin
    assert '``` sh title="print.sh"\necho one\n```' in twin
    assert "- It holds on new engines. (does not hold on 20.10, 26.1; holds on 28.5)\n" in twin
    assert twin.endswith("\nTags: shell, layers\n")
    assert f"- [{QUESTION}](faults/line.md): It takes time.\n" in shown.built("llms.txt")


def test_claims_json_has_all_but_what_was_printed(shown: Project):
    data = json.loads(shown.built("claims.json"))
    (entry,) = data["entries"]
    same, new, skipped = entry["claims"]
    cell = shown.evidence().cell("new", "28.5")
    assert data["columns"] == ["20.10", "26.1", "28.5"]
    assert (entry["id"], entry["page"]) == ("faults/line", "faults/line.html")
    assert entry["tags"] == ["shell", "layers"]
    assert (entry["asked"], entry["messages"]) == ([], ["no such line", "Another"])
    assert entry["answer"].startswith("It takes time.")
    assert same["link"] == "faults/line.html#same"
    shown_of_it = {"state": "holds", "date": "2026-11-01", "version": "28.5.1"}
    shown_of_it |= {"measured": {"count": 2, "MB": 30.5}, "seal": cell.checksum}
    assert new["cells"]["28.5"] == shown_of_it
    assert skipped["cells"]["20.10"]["reason"] == f"no {HOSTILE}"


def test_search_index_has_what_readers_type(shown: Project):
    script = shown.built("assets/search-data.js")
    data = json.loads(script.removeprefix("window.faq = "))
    (entry,) = data["entries"]
    assert entry["url"] == "faults/line.html"
    assert entry["messages"] == ["no such line", "Another"]
    assert [claim["states"] for claim in entry["claims"]] == ["yyy", "nny", "--y"]
    assert entry["claims"][0]["sentence"] == "It is so everywhere."
    assert entry["claims"][0]["trouble"] == "error: no such line"
    assert "echo one" in entry["code"]
    assert entry["headings"] == ["How?"]
