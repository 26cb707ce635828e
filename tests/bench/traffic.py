"""What a browser's window requests, and what that takes on the wire."""

from collections.abc import Iterable

from playwright.sync_api import BrowserContext, Request


def requests_of(context: BrowserContext) -> list[Request]:
    """The requests of a window that have ended; the list grows."""
    requests: list[Request] = []

    def keep(request: Request) -> None:  # Playwright cannot look into a list's own method
        requests.append(request)

    context.on("requestfinished", keep)
    return requests


def kilobytes(requests: Iterable[Request]) -> float:
    """What the answers took on the wire, headers and all, without fonts, in kB (1,000 bytes)."""
    total = 0
    for request in requests:
        if request.resource_type != "font" and request.response():
            sizes = request.sizes()
            total += sizes["responseBodySize"] + sizes["responseHeadersSize"]
    return total / 1000
