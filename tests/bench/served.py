"""A built site as a host serves it, compressed, and a real Chromium that reads it."""

import gzip
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Request, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"}


@cache
def compressed(path: Path) -> bytes:
    """A file as gzip makes it, at the level that hosts use."""
    return gzip.compress(path.read_bytes(), 6)


class Handler(SimpleHTTPRequestHandler):
    """Serves files without a log, those of text compressed, all for ten minutes of caching."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        text = path.suffix in COMPRESSED
        body = compressed(path) if text else path.read_bytes()
        self.send_response(200)
        kind = self.guess_type(path)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if text:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder meanwhile: its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def chromium() -> str:
    """Where Chromium is.

    Raises:
        SystemExit: it is not installed.

    """
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return found or sys.exit("no Chromium: apt-get install chromium")


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium meanwhile."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield launched
        launched.close()


def watched(context: BrowserContext) -> list[Request]:
    """The requests of a window that have ended; the list grows."""
    requests: list[Request] = []

    def keep(request: Request) -> None:
        requests.append(request)

    context.on("requestfinished", keep)
    return requests


def wire(requests: list[Request]) -> float:
    """What answers took on the wire, headers and all, without fonts, in kB (1,000 bytes)."""
    sizes = [one.sizes() for one in requests if one.resource_type != "font" and one.response()]
    return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) / 1000
