"""A site as a host serves it, compressed; a real Chromium; and what readers type."""

import gzip
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from faq import ROOT
from faq.entries import entries
from faq.lab.debian import install

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"}
UNKNOWN_PAGE = "build/heredocs"


class Query(NamedTuple):
    """What a reader types, and the entry, `topic/name`, that answers it first."""

    text: str
    entry: str


def queries() -> list[Query]:
    """The queries of tests/queries.txt."""
    lines = (ROOT / "tests" / "queries.txt").read_text().splitlines()
    return [Query(*line.split(" => ")) for line in lines if not line.startswith("#")]


def queries_without_answer() -> list[str]:
    """The queries of tests/queries_without_answer.txt."""
    lines = (ROOT / "tests" / "queries_without_answer.txt").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def place(urls: list[str], entry: str) -> int:
    """The place of an entry among the entries found, from 1; 99 where it was not found."""
    names = list(map(str, entries()))
    ranked = []
    for url in urls:
        name = url.partition(".html")[0].removeprefix("/")
        if name in names and name not in ranked:
            ranked.append(name)
    return ranked.index(entry) + 1 if entry in ranked else 99


@cache
def compressed(path: Path) -> bytes:
    """A file as gzip makes it, at the level that hosts use."""
    return gzip.compress(path.read_bytes(), 6)


class Handler(SimpleHTTPRequestHandler):
    """Serves files as static hosts do, for ten minutes of caching, and writes no log."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, not_found: Path, **options: object) -> None:
        self.not_found = not_found
        super().__init__(*arguments, **options)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with a file, compressed if it is text, or else with the page for that."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        self.send_response(200 if path.is_file() else 404)
        path = path if path.is_file() else self.not_found
        kind, body = self.guess_type(path), path.read_bytes()
        if path.suffix in COMPRESSED:
            kind, body = f"{kind}; charset=utf-8", compressed(path)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path, below: str = "") -> Iterator[str]:
    """Serve a folder meanwhile: the address of the site in it, which lies at `below`."""
    handler = partial(Handler, directory=str(folder), not_found=folder / below / "404.html")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{below}"
    finally:
        server.shutdown()


def chromium() -> str:
    """Where Chromium is; it is installed if it is missing."""
    if not any(map(shutil.which, CHROMIUM)):
        install("chromium")
    return next(filter(None, map(shutil.which, CHROMIUM)))


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium meanwhile."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield launched
        launched.close()
