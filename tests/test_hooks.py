"""Pages run the site's own scripts alone."""

import base64
import hashlib
import re

import pytest

from faq.site.hooks import on_page_content, on_post_page, on_post_template

PAGE = (
    "<html><head><title>a</title></head><script>b()</script><script>b()</script><script>c</script>"
)


def test_page_names_its_inline_scripts():
    page = on_post_page(PAGE)
    policy = re.search(
        r'<head><meta http-equiv="Content-Security-Policy" content="([^"]*)">', page
    )[1]
    hashes = sorted(
        base64.b64encode(hashlib.sha256(text).digest()).decode() for text in (b"b()", b"c")
    )
    assert re.findall(r"'sha256-(\S+)'", policy) == hashes
    assert f"script-src 'self' 'sha256-{hashes[0]}'" in policy
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert page.replace(re.search("<meta http-equiv.*?>", page)[0], "") == PAGE


@pytest.mark.parametrize(("name", "guarded"), [("404.html", True), ("sitemap.xml", False)])
def test_what_is_no_page_is_guarded_too(name, guarded):
    assert ("Content-Security-Policy" in on_post_template(PAGE, name)) is guarded


def test_snippets_can_be_moved_by_keys():
    code = "<pre><span></span><code>a</code></pre><pre><code>b</code></pre>"
    assert on_page_content(code) == code.replace("</span><code>", '</span><code tabindex="0">')
