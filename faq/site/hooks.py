"""What mkdocs calls while it builds the site: to give it data, and to write files beside pages."""

import base64
import hashlib
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from faq.evidence import store
from faq.site.about import about
from faq.site.changed import last_changes
from faq.site.exports import claims_json
from faq.site.feed import atom_feed
from faq.site.format import STATES
from faq.site.navigation import navigation
from faq.site.schemas import schema_files
from faq.site.search_index import search_data
from faq.site.templates import render
from faq.site.tested import line_of_engines
from faq.site.twins import llms_txt, twin_files

END_OF_TITLE = "</h1>"
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
FIX = '<div class="admonition success">'
HIGHLIGHTED = "<pre><span></span><code"
"""How a snippet begins; what an engine printed comes from templates."""


def on_config(config: MkDocsConfig) -> None:
    """Give the theme's templates the columns and the states."""
    config.extra["columns"] = store.releases()
    config.extra["states"] = STATES


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Read the navigation from the folders, and from git when each page was changed last."""
    sources = [file.src_uri for file in files.documentation_pages()]
    config.nav = navigation(sources, config.not_in_nav)
    config.extra["changed"] = last_changes(sources)


def on_page_content(html: str, page: Page, **_: object) -> str:
    """Say under the title which engines were tested, and let arrow keys move a wide snippet.

    With `content.lazy` the theme does the latter itself, but only when code scrolls into view.
    What the page is about goes to its template, unless its front matter says otherwise.
    """
    page.meta = {**about(page.file.src_uri, html), **page.meta}
    html = html.replace(FIX, '<div class="admonition success" id="fix">', 1)
    html = html.replace(END_OF_TITLE, f"{END_OF_TITLE}\n{line_of_engines(page.url)}", 1)
    return html.replace(HIGHLIGHTED, f'{HIGHLIGHTED} tabindex="0"')


def on_post_page(output: str, **_: object) -> str:
    """Let the browser run the site's own scripts alone: a policy names inline ones by hash."""
    hashes = sorted(map(hash_of_script, set(INLINE_SCRIPT.findall(output))))
    scripts = " ".join(["'self'", *hashes])
    policy = (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'self'; object-src 'none'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return output.replace("<head>", f"<head>{meta}", 1)


def on_post_template(output_content: str, template_name: str, **_: object) -> str:
    """Guard what is no page too, such as 404.html."""
    return on_post_page(output_content) if template_name.endswith(".html") else output_content


def hash_of_script(script: str) -> str:
    """The hash of a script as a Content-Security-Policy names it."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def on_post_build(config: MkDocsConfig) -> None:
    """Write what programs read, and the data of the search."""
    files = {
        "assets/search-data.js": search_data(),
        "claims.json": claims_json(),
        "feed.xml": atom_feed(config.site_url or ""),
        "llms.txt": llms_txt(),
        **schema_files(),
        **twin_files(),
    }
    if config.site_url:  # a browser adds a search by its whole address
        files["opensearch.xml"] = render("opensearch.xml.j2", site=config)
    for name, text in files.items():
        Path(config.site_dir, name).write_text(text)
