"""What a macro wrote as a block of its own is kept as it is."""

from markdown import Markdown

from faq.site.raw_blocks import RawBlocks
from faq.site.templates import BEGIN, END


def test_block_of_a_macro_is_kept_as_it_is():
    block = "<div>\n\n**not bold** <b>\n    code\n</div>"
    source = f"# Title\n\n{BEGIN}\n{block}\n{END}\n\n**bold**"
    html = Markdown(extensions=[RawBlocks()]).convert(source)
    assert html == f"<h1>Title</h1>\n{block}\n<p><strong>bold</strong></p>"
