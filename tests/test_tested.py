"""The line under a page's title names the engines that were asked, and since when."""

import pytest

from faq.site.tested import engines_in_words, line_of_engines


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (["20.10", "28.5"], "Docker 20.10, 28.5"),
        (["20.10", "28.5", "28.5-containerd"], "Docker 20.10, 28.5 (both image stores)"),
        (["28.5-containerd", "podman-5.4"], "Docker 28.5-containerd, Podman 5.4"),
    ],
)
def test_engines_in_words(known, words):
    assert engines_in_words(known) == words


def test_page_that_is_no_entry_has_no_line():
    assert line_of_engines("index.html") == ""
    assert line_of_engines("messages.html") == ""  # tests/test_messages.py has no claims
    assert "Tested on Docker 20&#46;10" in line_of_engines("build/heredoc.html")
    assert line_of_engines("build/heredoc/") == line_of_engines("build/heredoc.html")
