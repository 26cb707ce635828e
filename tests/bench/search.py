"""The search against others on the same pages, in one Chromium: `make bench ARGS=search`.

The queries are those of tests/queries.txt, which were written and weighed together with this
search: the others are at a disadvantage. A result that is no entry's page is passed over for all,
as ours knows entries alone. Pagefind is installed for the run only; mkdocs-material's own
is asked through its worker, as its pages ask it.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from lab.claims import ROOT, entries
from tests.bench.copies import Copies, cost
from tests.bench.served import browser, served, watched, wire
from tests.bench.site import say

COLUMNS = ("search", "first", "in three", "no hit", "index", "sent", "ready", "query", "95 of 100")
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
        "assets/find-data.js",
        "/assets/(find|vendor/)",
        "() => faqStart()",
        "async (_, query) => (await faqFind(query)).map((found) => found.url)",
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
        "return first.map((found) => found.url); }",
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
  const found = [];
  for (const query of queries) {
    const asked = performance.now();
    const urls = await ask(search, query);
    found.push([urls, performance.now() - asked]);
  }
  return [ready, found];
}"""


def measure() -> None:
    """Print the comparison as a table."""
    queries = read_queries()
    with tempfile.TemporaryDirectory() as folder:
        project = Copies(Path(folder, "project"), len(entries()))
        project.render()
        say("building the site, and its copy for the others")
        project.build()
        project.build("search.yml", "searched")
        pagefind(project.root)
        print(f"{len(queries)} queries on {len(entries())} entries; sizes in kB, times in ms")
        print(f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}")
        with browser() as window:
            for search in SEARCHES:
                say(f"asking {search.name}")
                with served(project.root / search.site) as address:
                    print(row(search, project.root, queries, window, address), flush=True)
    print("index: its files as they lie; sent: all that was fetched for the search, compressed")
    print("ready: once, until it can be asked; query: the median, and what 95 of 100 stay below")


def read_queries() -> list[tuple[str, str]]:
    """What readers type, and the entry that answers it."""
    lines = (ROOT / "tests" / "queries.txt").read_text().splitlines()
    pairs = [line.split(" => ") for line in lines if " => " in line and not line.startswith("#")]
    return [(query, entry) for query, entry in pairs]


def pagefind(project: Path) -> None:
    """Install Pagefind in the project's folder, and let it index the copy of the site."""
    say("installing Pagefind")
    programs = project / "programs"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(programs)]
    done = subprocess.run([*command, "pagefind[bin]"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"Pagefind was not installed: {done.stderr[-500:]}")
    path = os.pathsep.join([str(programs), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "pagefind", "--site", "searched"]
    cost(command, project, PYTHONPATH=path)


def row(
    search: Search, root: Path, queries: list[tuple[str, str]], window: Browser, address: str
) -> str:
    """Ask a search everything: its line of the table."""
    context = window.new_context()
    page = context.new_page()
    requests = watched(context)
    page.goto(address, wait_until="networkidle")
    asked = [query for query, _ in queries]
    ready, found = page.evaluate(RUN % (search.start, search.ask), asked)
    page.wait_for_load_state("networkidle")
    sent = wire([one for one in requests if re.search(search.fetched, one.url)])
    context.close()
    places = [place(urls, entry) for (_, entry), (urls, _) in zip(queries, found, strict=True)]
    times = [took for _, took in found]
    size = sum(path.stat().st_size for path in (root / search.site).glob(search.index)) / 1000
    cells = [
        search.name,
        *(f"{sum(at <= top for at in places) / len(places):.0%}" for top in (1, 3)),
        f"{sum(not urls for urls, _ in found)}",
        f"{size:,.0f}",
        f"{sent:,.0f}",
        f"{ready:.0f}",
        f"{statistics.median(times):.1f}",
        f"{statistics.quantiles(times, n=20)[-1]:.1f}",
    ]
    return f"| {' | '.join(cells)} |"


def place(urls: list[str], entry: str) -> int:
    """The place of an entry among the entries found, from 1; 99 where it was not found."""
    known = {f"{entry}.html" for entry in entries()}
    names = dict.fromkeys(url.split("#")[0].removeprefix("/") for url in urls)
    ranked = [name for name in names if name in known]
    return ranked.index(f"{entry}.html") + 1 if f"{entry}.html" in ranked else 99
