"""What the site costs its authors and its readers, each against an aim: `make bench ARGS=site`.

It is built from copies of the real entries, so that it can have as many as wanted. “Plain” are the
same pages without macros and without our hook and templates: the Markdown that the macros made of
them, built by mkdocs-material alone. Seconds are the processor's, so work beside it disturbs less.
"""

import statistics
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from faq.entries import entries
from tests.bench.copies import Copies
from tests.bench.lighthouse import lighthouse
from tests.bench.programs import Cost
from tests.bench.traffic import kilobytes, requests_of
from tests.browsing import browser, queries, served

SIZES = (10, 100, 1000)
REPEATS = {10: 3, 100: 2}  # short builds are noisy: the best of so many counts
TYPED = 12  # queries
# From the key to the list of results in the page, and to the frame that shows it.
CLOCK = """
window.times = [];
addEventListener("keydown", (event) => { window.key = event.timeStamp; }, true);
new MutationObserver(() => {
  const key = window.key, listed = performance.now() - key;
  window.key = null;
  const painted = () => times.push([listed, performance.now() - key]);
  if (key) requestAnimationFrame(() => setTimeout(painted));
}).observe(document.getElementById("faq-search"), { childList: true, subtree: true });
"""


def measure() -> None:
    """Print each measurement with its aim, and say where it is missed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        real = prepare(root / "real", len(entries()))
        say("building the site as it is")
        real.build()
        site = real.root / "site"
        with browser() as chromium, served(site) as address:
            first_page(chromium, address)
        with served(site) as address:
            lighthouse([address + "index.html", address + largest_entry(site)])
        projects = {count: prepare(root / str(count), count) for count in SIZES}
        build_times(projects)
        with browser() as chromium, served(projects[SIZES[-1]].root / "site") as address:
            typing(chromium, address)


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


class PageTimes(NamedTuple):
    """Milliseconds of the processor per page, of a build of ours and of a plain one."""

    ours: float
    plain: float


def build_times(projects: dict[int, Copies]) -> None:
    """Seconds per page and peak memory against plain mkdocs-material, and their growth."""
    print("build: processor seconds, per page in ms; peak memory in MB")
    print("    entries    ours   plain  ratio   ours/page  plain/page   ours MB  plain MB")
    times = {count: build_time(count, project) for count, project in projects.items()}
    for count, page in times.items():
        aim(f"{count} entries, ours / plain", page.ours / page.plain, 1.2)
    for less, more in pairwise(times):
        growth(less, times[less], more, times[more])


def build_time(count: int, project: Copies) -> PageTimes:
    """Build a project both ways, and print what the cheapest builds took."""
    repeats = REPEATS.get(count, 1)
    say(f"building {count} entries, {repeats} times each way")
    our_builds, plain_builds = [], []
    for _ in range(repeats):
        our_builds.append(project.build())
        plain_builds.append(project.build("plain.yml", "plain-site"))
    ours, plain = cheapest(our_builds), cheapest(plain_builds)
    pages = len(list((project.root / "plain").rglob("*.md")))
    page = PageTimes(ours.seconds / pages * 1000, plain.seconds / pages * 1000)
    print(
        f"    {count:7} {ours.seconds:7.1f} {plain.seconds:7.1f} "
        f"{ours.seconds / plain.seconds:6.2f} {page.ours:11.0f} {page.plain:11.0f} "
        f"{ours.megabytes:9.0f} {plain.megabytes:9.0f}",
        flush=True,
    )
    return page


def growth(less: int, small: PageTimes, more: int, large: PageTimes) -> None:
    """Print how the time of a page grows with the number of entries."""
    ours = large.ours / small.ours
    plain = large.plain / small.plain
    linear = "linear" if ours <= 1 else f"{ours:.2f} of linear"
    verdict = "met" if ours <= max(1, plain) else "MISSED"
    print(
        f"    from {less} to {more} entries a page takes {ours:.2f} of the time ({linear}), "
        f"plain {plain:.2f} (aim: linear, or no worse than plain) {verdict}"
    )


def cheapest(builds: list[Cost]) -> Cost:
    """The cheapest of several runs."""
    return min(builds, key=lambda cost: cost.seconds)


def entry_pages() -> list[str]:
    """The addresses of the entries' pages."""
    return sorted(f"{entry}.html" for entry in entries())


def largest_entry(site: Path) -> str:
    """The entry's page with the most bytes."""
    return max(entry_pages(), key=lambda name: (site / name).stat().st_size)


def first_page(chromium: Browser, address: str) -> None:
    """What a reader's first page takes on the wire, whichever it is, and the search after it."""
    print("first page, all requests, compressed with gzip, without fonts")
    aim("index.html", weight(chromium, address + "index.html"), 150, " kB")
    weights = {name: weight(chromium, address + name) for name in entry_pages()}
    aim("an entry, the median", statistics.median(weights.values()), 150, " kB")
    heaviest = max(weights, key=weights.__getitem__)
    aim(f"the heaviest, {heaviest}", weights[heaviest], 150, " kB")
    searched = weight(chromium, address + "index.html", then=open_search)
    print(f"    the search, once it is opened: {searched:.3g} kB more")


def weight(chromium: Browser, url: str, then: Callable[[Page], None] | None = None) -> float:
    """What opening a page with an empty cache takes, or else what is done `then`, in kB."""
    context = chromium.new_context()
    page = context.new_page()
    requests = requests_of(context)
    page.goto(url, wait_until="networkidle")
    if then:
        requests.clear()
        then(page)
        page.wait_for_load_state("networkidle")
    total = kilobytes(requests)
    context.close()
    return total


def open_search(page: Page) -> None:
    """Open the search, and wait until it answers."""
    page.keyboard.press("/")
    page.evaluate("faqStart().then(() => true)")


def typing(chromium: Browser, address: str) -> None:
    """How long a result takes while a reader types, letter by letter, in ms."""
    print(f"search at {SIZES[-1]} entries, ms from a key to its results")
    context = chromium.new_context(bypass_csp=True)  # Playwright waits with eval
    page = context.new_page()
    page.goto(address + "index.html", wait_until="networkidle")
    opened = page.evaluate("performance.now()")
    open_search(page)
    ready = page.evaluate("performance.now()") - opened
    page.evaluate(CLOCK)
    for query in queries()[:: max(1, len(queries()) // TYPED)]:
        type_slowly(page, query.text)
    listed, painted = zip(*page.evaluate("times"), strict=True)
    for what, times in (("in the page", listed), ("painted", painted)):
        aim(f"{what}, the median", statistics.median(times), 50, " ms")
        aim(f"{what}, 95 of 100", statistics.quantiles(times, n=20)[-1], 50, " ms")
    print(f"    once, after the search is opened, until it can answer: {ready:.0f} ms")
    context.close()


def type_slowly(page: Page, query: str) -> None:
    """Type a query into the search, each letter when the results of the one before are shown."""
    say(f"typing {query!r}")
    page.locator("#faq-search input").fill("")
    for letter in query:
        count = page.evaluate("times.length")
        page.keyboard.type(letter)
        page.wait_for_function(f"times.length > {count}")
