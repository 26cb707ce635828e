"""The search against others on the same pages, in one Chromium: `make bench ARGS=search`.

The queries are those of tests/queries.txt, which were written and weighed together with this
search: the others are at a disadvantage. A result that is no entry's page is passed over for all,
as ours knows entries alone. Pagefind is installed for the run only; mkdocs-material's own
is asked through its worker, as its pages ask it.
"""

import os
import re
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from faq.entries import entries
from tests.bench.copies import Copies
from tests.bench.programs import run
from tests.bench.traffic import kilobytes, requests_of
from tests.browsing import browser, place, queries, served

HEADINGS = ("search", "first", "in three", "no hit", "index", "sent", "ready", "query", "95 of 100")
FIRST = 10  # results whose addresses are asked for, where a search gives them one by one


@dataclass(frozen=True)
class Search:
    """A search: its site, its index, what is fetched for it, and how a page starts and asks it.

    `index` is a glob, `fetched` a regular expression. `start` is a function that promises what
    `ask` takes before the query; `ask` promises the addresses of the results, best first.
    """

    name: str
    site: str
    index: str
    fetched: str
    start: str
    ask: str


SEARCHES = (
    Search(
        "this one",
        "site",
        "assets/search-data.js",
        "/assets/(search|vendor/)",
        "() => faqStart()",
        "async (_, query) => (await faqSearch(query)).map((result) => result.url)",
    ),
    Search(
        "Pagefind, as it comes",
        "searched",
        "pagefind/**/*.pf_*",
        "/pagefind/",
        "async () => { const pagefind = await import('/pagefind/pagefind.js');"
        "await pagefind.init(); return pagefind; }",
        "async (pagefind, query) => {"
        "const { results } = await pagefind.search(query);"
        f"const first = await Promise.all(results.slice(0, {FIRST}).map((one) => one.data()));"
        "return first.map((result) => result.url); }",
    ),
    Search(
        "mkdocs-material's own",
        "searched",
        "search/search_index.json",
        "/search/|/workers/",
        "async () => { const config = JSON.parse(document.getElementById('__config').textContent);"
        "const worker = new Worker(new URL(config.search, location));"
        "const ask = (message) => new Promise((done) => {"
        "worker.onmessage = ({ data }) => done(data.data); worker.postMessage(message); });"
        "const index = await (await fetch('search/search_index.json')).json();"
        "await ask({ type: 0, data: { ...index, options: {} } }); return ask; }",
        "async (ask, query) => (await ask({ type: 2, data: query })).items"
        ".map((sections) => sections[0].location)",
    ),
)
# Asks all queries, one after the other: the addresses of the results and the milliseconds of each.
RUN = """async (queries) => {
  const started = performance.now();
  const search = await (%s)();
  const ready = performance.now() - started;
  const ask = %s;
  const answers = [];
  for (const query of queries) {
    const asked = performance.now();
    const urls = await ask(search, query);
    answers.push([urls, performance.now() - asked]);
  }
  return [ready, answers];
}"""


@dataclass(frozen=True)
class Answers:
    """What a search answers to each query, and what that takes, in milliseconds and kilobytes."""

    urls: list[list[str]]
    times: list[float]
    ready: float
    sent: float


def measure() -> None:
    """Print the comparison as a table."""
    with tempfile.TemporaryDirectory() as folder:
        project = Copies(Path(folder, "project"), len(entries()))
        project.render()
        print("… building the site, and its copy for the others", file=sys.stderr, flush=True)
        project.build()
        project.build("search.yml", "searched")
        index_with_pagefind(project.root)
        print(f"{len(queries())} queries on {len(entries())} entries; sizes in kB, times in ms")
        print(f"| {' | '.join(HEADINGS)} |\n|{' --- |' * len(HEADINGS)}")
        with browser() as chromium:
            for search in SEARCHES:
                print(f"… asking {search.name}", file=sys.stderr, flush=True)
                with served(project.root / search.site) as address:
                    answers = ask(search, chromium, address)
                cells = [search.name, *quality(answers), *costs(search, project.root, answers)]
                print(f"| {' | '.join(cells)} |", flush=True)
    print("index: its files as they lie; sent: all that was fetched for the search, compressed")
    print("ready: once, until it can be asked; query: the median, and what 95 of 100 stay below")


def index_with_pagefind(project: Path) -> None:
    """Install Pagefind in the project's folder, and let it index the copy of the site."""
    print("… installing Pagefind", file=sys.stderr, flush=True)
    programs = str(project / "programs")
    python = (sys.executable, "-m")
    run(*python, "pip", "install", "--quiet", "--target", programs, "pagefind[bin]")
    path = os.pathsep.join([programs, os.environ.get("PYTHONPATH", "")])
    run(*python, "pagefind", "--site", "searched", folder=project, PYTHONPATH=path)


def ask(search: Search, chromium: Browser, address: str) -> Answers:
    """Ask a search all queries, in a window with an empty cache."""
    context = chromium.new_context()
    page = context.new_page()
    requests = requests_of(context)
    page.goto(address, wait_until="networkidle")
    texts = [query.text for query in queries()]
    ready, answers = page.evaluate(RUN % (search.start, search.ask), texts)
    page.wait_for_load_state("networkidle")
    sent = kilobytes(one for one in requests if re.search(search.fetched, one.url))
    context.close()
    urls, times = zip(*answers, strict=True)
    return Answers(list(urls), list(times), ready, sent)


def quality(answers: Answers) -> list[str]:
    """How often the right entry comes first, how often among three; how often nothing is found."""
    expected = [query.entry for query in queries()]
    places = list(map(place, answers.urls, expected))
    first = places.count(1)
    in_three = sum(map(places.count, (1, 2, 3)))
    none = answers.urls.count([])
    return [f"{first / len(places):.0%}", f"{in_three / len(places):.0%}", f"{none}"]


def costs(search: Search, root: Path, answers: Answers) -> list[str]:
    """The sizes and times of a search."""
    index = (root / search.site).glob(search.index)
    size = sum(path.stat().st_size for path in index) / 1000
    return [
        f"{size:,.0f}",
        f"{answers.sent:,.0f}",
        f"{answers.ready:.0f}",
        f"{statistics.median(answers.times):.1f}",
        f"{statistics.quantiles(answers.times, n=20)[-1]:.1f}",
    ]
