"""What a page tells browsers and search engines of itself."""

from faq.site.about import about

HTML = (
    '<h1 id="a">A</h1>\n<p>So <code>a &lt; "b"</code>,\n<a href="#c">✓</a> it is.</p><p>More.</p>'
)


def test_description_is_the_answer_made_for_an_attribute():
    told = about("build/heredoc.md", HTML)
    assert told["question"] == "Can a heredoc keep clean-up in one layer?"
    assert told["description"] == "So a &lt; &#34;b&#34;, ✓ it is."
    assert told["twin"] == "build/heredoc.md"


def test_page_that_is_no_entry_has_no_twin():
    told = about("tags.md", "<h1>A</h1><table></table>")
    assert told == {"question": "Browse by tag"}
