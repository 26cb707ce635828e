"""All messages that the pages explain."""

from faq.entries import entries
from faq.pages import MESSAGES, bullets, title


def messages() -> str:
    """Every message with its page as a Markdown list, in the order of the alphabet."""
    words: dict[str, str] = {}
    for entry in entries():
        for message in bullets(entry.page_text, MESSAGES):
            line = f"- {message} — [{title(entry)}]({entry}.md)"
            words[line] = message.strip("`“”").lower()
    return "\n".join(sorted(sorted(words), key=words.__getitem__))
