"""What the site costs its authors and its readers, each against an aim: `make bench ARGS=site`.

It is built from copies of the real entries, so that it can have as many as wanted. “Plain” are the
same pages without macros and without our hook and templates: the Markdown that the macros made of
them, built by mkdocs-material alone. Seconds are the processor's, so work beside it disturbs less.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page

from lab.claims import ROOT, entries
from tests.bench.copies import Copies, Cost
from tests.bench.served import browser, chromium, served, watched, wire

SIZES = (10, 100, 1000)
REPEATS = {10: 3, 100: 2}  # short builds are noisy: the best of so many counts
TYPED = 12  # queries
RUNS = 3  # of Lighthouse
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking"
SCORES = {"performance": 95, "accessibility": 100, "best-practices": 100}
# From the key to the list of results in the page, and to the frame that shows it.
CLOCK = """
window.times = [];
addEventListener("keydown", (event) => { window.key = event.timeStamp; }, true);
new MutationObserver(() => {
  const key = window.key, found = performance.now() - key;
  window.key = null;
  const shown = () => times.push([found, performance.now() - key]);
  if (key) requestAnimationFrame(() => setTimeout(shown));
}).observe(document.getElementById("faq-find"), { childList: true, subtree: true });
"""


def measure() -> None:
    """Print each measurement with its aim, and say where it is missed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        real = prepare(root / "real", len(entries()))
        say("building the site as it is")
        real.build()
        with browser() as window, served(real.root / "site") as address:
            first_page(window, address, real.root / "site")
        with served(real.root / "site") as address:
            lighthouse(address, largest_entry(real.root / "site"))
        projects = {count: prepare(root / str(count), count) for count in SIZES}
        build_times(projects)
        with browser() as window, served(projects[SIZES[-1]].root / "site") as address:
            typing(window, address)


def say(what: str) -> None:
    """Tell what is being done, beside the results."""
    print(f"… {what}", file=sys.stderr, flush=True)


def aim(what: str, value: float, most: float, unit: str = "") -> None:
    """Print a value that is to stay below an aim."""
    verdict = "met" if value < most else "MISSED"
    print(f"    {what}: {value:.3g}{unit} (aim: below {most:g}{unit}) {verdict}", flush=True)


def prepare(root: Path, count: int) -> Copies:
    """Copy so many entries, and write what their macros make of them."""
    say(f"copying {count} entries")
    copies = Copies(root, count)
    copies.render()
    return copies


def build_times(projects: dict[int, Copies]) -> None:
    """Seconds per page and peak memory against plain mkdocs-material, and their growth."""
    print("build: processor seconds, per page in ms; peak memory in MB")
    print("    entries    ours   plain  ratio   ours/page  plain/page   ours MB  plain MB")
    per_page: dict[int, tuple[float, float]] = {}
    for count, project in projects.items():
        times = REPEATS.get(count, 1)
        pages = len(list((project.root / "plain").rglob("*.md")))
        say(f"building {count} entries, {times} times each way")
        built = [(project.build(), project.build("plain.yml", "plain-site")) for _ in range(times)]
        ours, plain = (best([pair[way] for pair in built]) for way in (0, 1))
        per_page[count] = ours.seconds / pages * 1000, plain.seconds / pages * 1000
        print(
            f"    {count:7} {ours.seconds:7.1f} {plain.seconds:7.1f} "
            f"{ours.seconds / plain.seconds:6.2f} {per_page[count][0]:11.0f} "
            f"{per_page[count][1]:11.0f} {ours.megabytes:9.0f} {plain.megabytes:9.0f}",
            flush=True,
        )
    for count, (ours, plain) in per_page.items():
        aim(f"{count} entries, ours / plain", ours / plain, 1.2)
    for less, more in pairwise(SIZES):
        ours, plain = (per_page[more][way] / per_page[less][way] for way in (0, 1))
        linear = "linear" if ours <= 1 else f"{ours:.2f} of linear"
        no_worse = "met" if ours <= max(1, plain) else "MISSED"
        print(
            f"    from {less} to {more} entries a page takes {ours:.2f} of the time ({linear}), "
            f"plain {plain:.2f} (aim: linear, or no worse than plain) {no_worse}"
        )


def best(costs: list[Cost]) -> Cost:
    """The cheapest of several runs."""
    return min(costs, key=lambda cost: cost.seconds)


def largest_entry(site: Path) -> str:
    """The entry's page with the most bytes."""
    pages = [f"{entry}.html" for entry in entries()]
    return max(pages, key=lambda name: (site / name).stat().st_size)


def first_page(window: Browser, address: str, site: Path) -> None:
    """What a reader's first page takes on the wire, whichever it is, and the search after it."""
    print("first page, all requests, compressed with gzip, without fonts")
    pages = sorted(f"{entry}.html" for entry in entries())
    weights = {name: opened(window, address + name) for name in ["index.html", *pages]}
    aim("index.html", weights.pop("index.html"), 150, " kB")
    aim("an entry, the median", statistics.median(weights.values()), 150, " kB")
    heaviest = max(weights, key=lambda name: weights[name])
    aim(f"the heaviest, {heaviest}", weights[heaviest], 150, " kB")
    searched = opened(window, address + "index.html", then=search)
    print(f"    the search, once it is opened: {searched:.3g} kB more")


def opened(window: Browser, url: str, then: Callable[[Page], None] | None = None) -> float:
    """What opening a page with an empty cache takes, or else what is done `then`, in kB."""
    context = window.new_context()
    page = context.new_page()
    requests = watched(context)
    page.goto(url, wait_until="networkidle")
    if then:
        requests.clear()
        then(page)
        page.wait_for_load_state("networkidle")
    weight = wire(requests)
    context.close()
    return weight


def search(page: Page) -> None:
    """Open the search, and wait until it answers."""
    page.keyboard.press("/")
    page.evaluate("faqStart().then(() => true)")


def typing(window: Browser, address: str) -> None:
    """How long a result takes while a reader types, letter by letter, in ms."""
    print(f"search at {SIZES[-1]} entries, ms from a key to its results")
    context = window.new_context(bypass_csp=True)  # Playwright waits with eval
    page = context.new_page()
    page.goto(address + "index.html", wait_until="networkidle")
    asked = page.evaluate("performance.now()")
    search(page)
    ready = page.evaluate("performance.now()") - asked
    page.evaluate(CLOCK)
    for query in some_queries():
        say(f"typing {query!r}")
        page.locator("#faq-find input").fill("")
        for letter in query:
            count = page.evaluate("times.length")
            page.keyboard.type(letter)
            page.wait_for_function(f"times.length > {count}")
    found, shown = zip(*page.evaluate("times"), strict=True)
    for what, times in (("in the page", found), ("painted", shown)):
        aim(f"{what}, the median", statistics.median(times), 50, " ms")
        aim(f"{what}, 95 of 100", statistics.quantiles(times, n=20)[-1], 50, " ms")
    print(f"    once, after the search is opened, until it can answer: {ready:.0f} ms")
    context.close()


def some_queries() -> list[str]:
    """Queries from all over the list."""
    lines = (ROOT / "tests" / "queries.txt").read_text().splitlines()
    queries = [line.split(" => ")[0] for line in lines if " => " in line]
    return queries[:: max(1, len(queries) // TYPED)]


def lighthouse(address: str, entry: str) -> None:
    """The scores of the first page and of the largest entry, on Lighthouse's phone."""
    print("Lighthouse, its own settings: a slowed phone; the median of", RUNS)
    if not shutil.which("npx"):
        print("    not measured: it needs npx, which comes with npm")
        return
    for page in ("index.html", entry):
        say(f"Lighthouse on {page}")
        reports = [report for _ in range(RUNS) if (report := audit(address + page))]
        if reports:
            told(page, sorted(reports, key=speed)[len(reports) // 2])


def audit(url: str) -> dict | None:
    """Lighthouse's report of a page; None, and why, where there is none."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        command = ["npx", "--yes", "lighthouse", url, "--quiet", "--output=json"]
        command += [f"--output-path={report.name}", f"--chrome-flags={FLAGS}"]
        command += [f"--only-categories={','.join(SCORES)}"]
        env = os.environ | {"CHROME_PATH": chromium()}
        done = subprocess.run(command, env=env, capture_output=True, text=True)
        if done.returncode:
            print(f"    {url}: not measured: {done.stderr.strip()[-300:]}")
            return None
        return json.loads(Path(report.name).read_text())


def speed(report: dict) -> float:
    """The score for performance, from 0 to 1."""
    return report["categories"]["performance"]["score"] or 0


def told(page: str, report: dict) -> None:
    """Print the scores of a page, and the audits that cost some."""
    power = report["environment"]["benchmarkIndex"]
    print(f"    {page}, Lighthouse {report['lighthouseVersion']}, this machine's power {power:.0f}")
    for name, least in SCORES.items():
        category = report["categories"][name]
        score = round(100 * (category["score"] or 0))
        verdict = "met" if score >= least else "MISSED"
        print(f"        {name}: {score} (aim: {least} or more) {verdict}", flush=True)
        lost = [one["id"] for one in category["auditRefs"] if one["weight"]]
        lost = [one for one in lost if (report["audits"][one]["score"] or 0) < 0.9]
        if score < least and lost:
            print(f"            because of {', '.join(lost)}")
