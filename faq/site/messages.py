"""All messages that the pages explain."""

from faq.entries import entries
from faq.pages import MESSAGES, bullets, title


def messages() -> str:
    """Every message with its page as a Markdown list, in the order of the alphabet."""
    lines = []
    for entry in entries():
        for message in bullets(entry.page_text, MESSAGES):
            line = f"- {message} — [{title(entry)}]({entry}.md)"
            lines.append((message.strip("`“”").lower(), line))
    return "\n".join(line for _, line in sorted(lines))
