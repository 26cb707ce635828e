"""What is written beside the pages when mkdocs builds the site: mkdocs calls the functions here."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

from lab import data, evidence, find
from lab.claims import ROOT, entries

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
TABLE = re.compile(r'^<(?:table|div) class="(?:evidence|matrix-filter)".*$', re.MULTILINE)
PLACE = re.compile(r'<div data-table="(\d+)">.*?</div>')
CODE = re.compile(r"(<pre>(?:<span></span>)?<code[^>]*)>")
ID = re.compile(r' id="([^"]+)"')
TWINS: dict[str, str] = {}
TABLES: list[str] = []


def on_config(config: Any) -> None:
    """Give the templates the columns of the lab."""
    config.extra["columns"] = evidence.releases()


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Keep what a page says after its macros ran, and its tables from being read as Markdown."""
    TWINS[page.file.src_uri] = markdown
    TABLES.clear()
    return TABLE.sub(lambda found: place(found[0]), markdown)


def place(table: str) -> str:
    """The place of a table of evidence: its ids alone, as links are checked against them."""
    TABLES.append(table)
    ids = "".join(f'<i id="{name}"></i>' for name in ID.findall(table))
    return f'<div data-table="{len(TABLES) - 1}">{ids}</div>'


def on_page_content(html: str, **_: Any) -> str:
    """Put the tables into their places, and let arrow keys move all code that is too wide.

    The theme does so itself, with `content.lazy` not before the code is in sight.
    """
    whole = PLACE.sub(lambda found: TABLES[int(found[1])], html)
    return CODE.sub(r'\1 tabindex="0">', whole)


def on_post_page(output: str, **_: Any) -> str:
    """Tell the browser to run nothing but the site's own scripts."""
    return guarded(output)


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """The same for pages that are no documents, such as 404.html."""
    return guarded(output_content) if template_name.endswith(".html") else output_content


def guarded(html: str) -> str:
    """A page with a Content-Security-Policy that names its inline scripts by their hashes."""
    hashes = sorted(
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in set(INLINE.findall(html))
    )
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in hashes)])
    policy = (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'self'; object-src 'none'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace("<head>", f"<head>{meta}", 1)


def on_post_build(config: Any) -> None:
    """Write the search's data, the pages as Markdown, the claims as JSON, and the feed."""
    site = Path(config.site_dir)
    (site / "assets" / "find-data.js").write_text(find.script())
    (site / "claims.json").write_text(data.claims_json())
    (site / "llms.txt").write_text(data.llms_txt())
    (site / "feed.xml").write_text(data.feed(config.site_url or ""))
    for entry in entries():
        source = entry.page.relative_to(ROOT / "docs").as_posix()
        (site / source).write_text(data.twin(entry, TWINS[source]))
