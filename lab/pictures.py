"""Pictures of the evidence as inline SVG: layers, the wait for an end, chains, namespaces.

Each draws what the newest engine measured and says which engines measured the same. All text
is also in the picture's description, which is what a screen reader says.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lab.evidence import alike
from lab.words import number, quote, ranges

if TYPE_CHECKING:
    from lab.macros import Page

WIDTH = 360  # as wide as a phone, so that text is never smaller than drawn
LINE = 16
CHARACTERS = 50  # of the rules' font, in WIDTH


@dataclass
class Drawing:
    """Shapes from top to bottom, and their description in words."""

    title: str
    shapes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    y: int = 0

    def text(self, words: str, x: float = 0, kind: str = "") -> None:
        """A line of text."""
        self.y += LINE
        self.shapes.append(f'<text x="{x:.0f}" y="{self.y}" class="{kind}">{quote(words)}</text>')
        self.words.append(words)

    def bar(self, x: float, width: float, kind: str) -> None:
        """A bar below the last line; its next neighbor stands on the same height."""
        self.shapes.append(
            f'<rect x="{x:.1f}" y="{self.y + 5}" width="{max(width, 3):.1f}" height="16" '
            f'class="{kind}"/>'
        )

    def box(self, x: float, top: int, width: float, kind: str) -> None:
        """A frame from `top` to the last line."""
        self.shapes.append(
            f'<rect x="{x:.0f}" y="{top}" width="{width:.0f}" height="{self.y - top + 6}" '
            f'rx="3" class="{kind}"/>'
        )

    def html(self, columns: str) -> str:
        """The picture on one line: no Markdown in it is looked for."""
        return (
            f'<figure class="picture"><svg viewBox="0 0 {WIDTH} {self.y + 10}" role="img" '
            f'aria-label="{quote(self.title)}: {quote("; ".join(self.words))}">'
            f"{''.join(self.shapes)}</svg>"
            f"<figcaption>{quote(self.title)}. Drawn from the evidence of {columns}."
            "</figcaption></figure>"
        )


def same(page: Page, name: str, keys: list[str]) -> tuple[dict[str, Any], list[str]]:
    """What the newest engine measured of a claim, and the columns that measured the same."""
    cells = {column: cell["measured"] for column, cell in page.cells(name).items()}
    newest = list(cells.values())[-1]
    for key in keys:
        page.value(name, key, list(cells)[-1])
    columns = [
        column
        for column, cell in cells.items()
        if all(alike(cell.get(key), newest.get(key)) for key in keys)
    ]
    return newest, columns


def common(page: Page, parts: list[list[str]]) -> str:
    """The columns that are in all parts, in words."""
    columns = [column for column in page.columns if all(column in part for part in parts)]
    return ranges(columns, list(page.columns))


def layers(page: Page, claims: dict[str, str], key: str = "MB per layer") -> str:
    """The layers of images as bars, by label and claim; a whiteout tells what is masked."""
    found = {label: same(page, name, [key]) for label, name in claims.items()}
    widest = max(sum(measured[key]) for measured, _ in found.values())
    drawing = Drawing("MB in each layer of the image")
    for label, (measured, _) in found.items():
        drawing.text(label)
        x = 0.0
        whiteouts = [name for name in measured.get("files in the last layer", []) if ".wh." in name]
        sizes = measured[key]
        for index, size in enumerate(sizes):
            width = max(size / widest * (WIDTH - 20), 3)
            masked = bool(whiteouts) and index < len(sizes) - 1
            drawing.bar(x, width, "masked" if masked else "layer")
            x += width + 3
        drawing.y += 22
        texts = [f"{number(size)} MB" for size in sizes]
        end = f" — the last one masks, by {', '.join(whiteouts)}" if whiteouts else ""
        drawing.text(" + ".join(texts) + end, kind="small")
        drawing.y += 8
    return drawing.html(common(page, [columns for _, columns in found.values()]))


def stops(page: Page, claims: dict[str, str]) -> str:
    """From SIGTERM to the end, by label and claim: how long it took and what ended it."""
    keys = ["stop seconds", "exit code"]
    found = {label: same(page, name, keys) for label, name in claims.items()}
    longest = max(measured["stop seconds"] for measured, _ in found.values())
    drawing = Drawing("From SIGTERM to the end")
    for label, (measured, _) in found.items():
        seconds, code = measured["stop seconds"], measured["exit code"]
        killed = code == 128 + 9
        drawing.text(label)
        drawing.bar(0, seconds / longest * (WIDTH - 20), "masked" if killed else "layer")
        drawing.y += 22
        told = "got SIGTERM" if measured["last line of the log"] == "got SIGTERM" else "not told"
        ended = "ended by SIGKILL" if killed else f"exit code {code}"
        drawing.text(
            f"{number(seconds)} s, PID 1 is {measured['PID 1']}, program {told}, {ended}",
            kind="small",
        )
        drawing.y += 8
    return drawing.html(common(page, [columns for _, columns in found.values()]))


def chains(page: Page, other: str, before: str, published: str, verdict: str) -> str:
    """The way of a new connection to a published port through `FORWARD`, a picture per way.

    Args:
        page: whose claims `published` (the rules that a port adds) and `verdict` (what a DROP in
            DOCKER-USER does) are.
        other: the entry whose claim `before` lists all rules of the table filter.

    """
    rules = page.of(other)
    ways: dict[tuple[Any, ...], list[str]] = {}
    for column in page.columns:
        filters = tuple(rules.value(before, "filter", column))
        added = tuple(page.value(published, "new rules", column))
        stopped = page.value(verdict, "after", column)
        ways.setdefault((filters, added, stopped), []).append(column)
    return "".join(
        way(list(filters), list(added), stopped).html(ranges(columns, list(page.columns)))
        for (filters, added, stopped), columns in ways.items()
    )


def way(filters: list[str], added: list[str], stopped: str) -> Drawing:
    """One way through the chains: each rule that the packet meets, until one accepts it."""
    drawing = Drawing("The way of a new connection from outside to a published port")
    rule = next(rule for rule in added if rule.startswith("nat DOCKER "))
    rule_box(drawing, f"nat: {rule.removeprefix('nat ')}", 0, "other")
    accept = next(rule for rule in added if rule.startswith("filter DOCKER "))
    for depth, rule in met(filters, "FORWARD"):
        rule_box(drawing, rule, depth, "other" if taken(rule) else "passed")
        if target(rule) == "DOCKER-USER":
            drawing.text(f"a DROP of yours in here: {stopped}", 16 * (depth + 1), "small")
        if target(rule) == "DOCKER":
            rule_box(drawing, accept.removeprefix("filter "), depth + 1, "deciding")
            drawing.text("decides: no rule after it is asked", 16 * (depth + 1), "small")
            break
    return drawing


def rule_box(drawing: Drawing, rule: str, depth: int, kind: str) -> None:
    """A rule in a frame, indented by the depth of its chain."""
    x = 16 * depth
    drawing.y += 5
    top = drawing.y
    lines = textwrap.wrap(rule, CHARACTERS - 3 * depth, break_on_hyphens=False)
    for index, line in enumerate(lines):
        drawing.text(line, x + (18 if index else 6), f"rule {kind}")
    drawing.box(x, top, WIDTH - x - 1, kind)
    drawing.y += 6


def met(filters: list[str], chain: str, depth: int = 0) -> list[tuple[int, str]]:
    """The rules that a packet meets from a chain on, in order, with the depth of the jumps."""
    found = []
    for rule in filters:
        if rule.startswith(f"-A {chain} "):
            found.append((depth, rule.removeprefix("-A ")))
            if taken(rule):
                found += met(filters, target(rule), depth + 1)
    return found


def taken(rule: str) -> bool:
    """Whether a new connection from another host to docker0 matches a rule."""
    inside = "-i docker0" in rule and "! -i docker0" not in rule
    return not inside and "ESTABLISHED" not in rule


def target(rule: str) -> str:
    """Where a rule jumps to."""
    return rule.partition(" -j ")[2].partition(" ")[0]


def namespaces(page: Page, joined: str, alone: str) -> str:
    """What a shell sees that joins another container, beside one that does not."""
    with_it, columns = same(page, joined, ["printed"])
    without, others = same(page, alone, ["files", "process 1 is"])
    process, host, *files, served = with_it["printed"]
    drawing = Drawing("What the debugging shell shares with the container")
    half = WIDTH / 2
    same_process = process.split()[1] != without["process 1 is"]
    for name, left, right, shared in (
        ("processes", process, f"{process}, and its own", same_process),
        ("network", f"host name {host}", f"localhost:8080 says {served}", served == host),
        ("files", " ".join(files), " ".join(without["files"]), files == without["files"]),
    ):
        drawing.text(f"{name}: {'one namespace' if shared else 'each its own'}")
        top = drawing.y + 4
        lines = [textwrap.wrap(text, 27) for text in (left, right)]
        start = drawing.y + 4
        bottom = start
        for x, some in zip((6, half + 6), lines, strict=True):
            drawing.y = start
            for line in some:
                drawing.text(line, x, "rule")
            bottom = max(bottom, drawing.y)
        drawing.y = bottom
        if shared:
            drawing.box(0, top, WIDTH - 1, "deciding")
        else:
            drawing.box(0, top, half - 4, "other")
            drawing.box(half, top, half - 1, "other")
        drawing.y += 10
    drawing.text("left: the container; right: the shell beside it,", kind="small")
    drawing.text("which reaches the files on the left at /proc/1/root", kind="small")
    return drawing.html(common(page, [columns, others]))
