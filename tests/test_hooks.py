"""What is done to a page beside its macros: its own scripts alone run, raw blocks stay."""

import base64
import hashlib
import re
from types import SimpleNamespace

import pytest
from markdown import Markdown

from faq.site.hooks import on_page_content, on_post_page, on_post_template
from faq.site.raw_blocks import RawBlocks
from faq.site.templates import BEGIN, END

HEAD = "<html><head>"
PAGE = f"{HEAD}<title>a</title></head><script>b()</script><script>b()</script><script>c</script>"
POLICY = re.compile(r'<head>(<meta http-equiv="Content-Security-Policy" content="([^"]*)">)')


def test_page_names_its_inline_scripts():
    page = on_post_page(PAGE)
    meta, policy = POLICY.search(page).groups()
    digests = [hashlib.sha256(text).digest() for text in (b"b()", b"c")]
    hashes = sorted(base64.b64encode(digest).decode() for digest in digests)
    assert re.findall(r"'sha256-(\S+)'", policy) == hashes
    assert f"script-src 'self' 'sha256-{hashes[0]}'" in policy
    assert {"default-src 'self'", "object-src 'none'"} <= {*policy.split("; ")}
    assert page.replace(meta, "") == PAGE


@pytest.mark.parametrize(("name", "guarded"), [("404.html", True), ("sitemap.xml", False)])
def test_what_is_no_page_is_guarded_too(name, guarded):
    assert ("Content-Security-Policy" in on_post_template(PAGE, name)) is guarded


def test_snippets_can_be_moved_by_keys():
    code = "<pre><span></span><code>a</code></pre><pre><code>b</code></pre>"
    page = SimpleNamespace(url="index.html", file=SimpleNamespace(src_uri="index.md"), meta={})
    assert on_page_content(code, page) == code.replace(
        "</span><code>", '</span><code tabindex="0">'
    )


def test_block_of_a_macro_is_kept_as_it_is():
    block = "<div>\n\n**not bold** <b>\n    code\n</div>"
    source = f"# Title\n\n{BEGIN}\n{block}\n{END}\n\n**bold**"
    html = Markdown(extensions=[RawBlocks()]).convert(source)
    assert html == f"<h1>Title</h1>\n{block}\n<p><strong>bold</strong></p>"
