"""An extension of Python-Markdown that keeps the HTML of macros without parsing it.

Python-Markdown finds the end of a raw block by parsing its HTML, which for the tables of evidence
takes a third of the site's build. The end of these blocks is marked instead. Without the extension
the site is the same, but for the marks.
"""

import re

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from faq.site.templates import BEGIN, END

BLOCK = re.compile(f"^{BEGIN}\n(.*?)\n{END}$", re.DOTALL | re.MULTILINE)
PRIORITY = 20.5
"""After mkdocs has collected the anchors (21), before raw blocks are looked for (20)."""


class RawBlocks(Extension):
    """What mkdocs.yml names."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the preprocessor."""
        md.preprocessors.register(BlockKeeper(md), "raw_blocks", PRIORITY)


class BlockKeeper(Preprocessor):
    """Puts each marked block where Python-Markdown keeps raw HTML."""

    def run(self, lines: list[str]) -> list[str]:
        """A page's lines with a placeholder for each block."""
        stash = self.md.htmlStash
        text = BLOCK.sub(lambda block: f"\n{stash.store(block[1])}\n", "\n".join(lines))
        return text.split("\n")
