"""Weighs the built site as a phone on a poor line meets it: one page of each kind with Lighthouse, and every page by its bytes.

Owns: serving ``site/`` compressed and running Lighthouse under its own mobile settings. Never: builds the
site or decides a budget (tests/browser/test_reading.py holds those, by weight and not by time).
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import mimetypes
import os
import re
import subprocess
import tempfile
import threading
from pathlib import Path

from tests.browser_setup import FLAGS, find_browser

ROOT = Path(__file__).resolve().parents[1]
MOST = 45_000  # bytes of a first view, compressed
PAGES = {
    "home": "",
    "urgent help": "worried-about-a-child/",
    "topic": "topics/neglect/",
    "priority": "priorities/neglect/",
    "review": "learning/reviews/child-j/",
    "briefing": "learning/briefings/child-j/",
    "finder": "learning/",
    "search": "search/",
    "table with chart": "performance/consultations/",
    "longest table": "performance/education-settings/",
    "news": "news/",
    "data": "data/",
}


class Compressed(http.server.SimpleHTTPRequestHandler):
    """Serves text compressed, as GitHub Pages does."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        return

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        body, kind = file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        squeeze = kind.startswith("text/") or any(word in kind for word in ("json", "svg", "javascript", "xml"))
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Cache-Control", "max-age=600")
        if squeeze:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def lighthouse(address: str) -> dict[str, str]:
    """The scores and times of one page."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        flags = " ".join(["--headless", *FLAGS])
        command = [str(ROOT / "bench/node_modules/.bin/lighthouse"), address, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={flags}"]
        subprocess.run(command, env=os.environ | {"CHROME_PATH": find_browser() or ""}, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = json.loads(report.read_text(encoding="utf-8"))
    scores = {name: round((category["score"] or 0) * 100) for name, category in found["categories"].items() if category["score"] is not None}
    audits = found["audits"]
    return {
        "performance, accessibility, best practices, SEO": " · ".join(
            str(scores.get(n, "–")) for n in ("performance", "accessibility", "best-practices", "seo")
        ),
        "largest paint": audits["largest-contentful-paint"]["displayValue"],
        "blocking": audits["total-blocking-time"]["displayValue"],
        "shift": audits["cumulative-layout-shift"]["displayValue"],
        "bytes": f"{audits['total-byte-weight']['numericValue'] / 1000:.0f} KB",
        "requests": str(len(audits["network-requests"]["details"]["items"])),
    }


def main() -> None:
    """Prints one line for each kind of page."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Compressed, directory=str(ROOT / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    rows = {name: lighthouse(f"http://127.0.0.1:{server.server_port}/{path}") for name, path in PAGES.items()}
    heads = list(next(iter(rows.values())))
    print("| page | " + " | ".join(heads) + " |\n|---|" + "---|" * len(heads))
    for name, row in rows.items():
        print(f"| {name} | " + " | ".join(row.values()) + " |")
    server.shutdown()
    weights = {page.parent.relative_to(ROOT / "site").as_posix(): first_view(page) for page in (ROOT / "site").rglob("index.html")}
    for path, weight in sorted(weights.items(), key=lambda entry: -entry[1]):
        if weight > MOST:
            print(f"{path}: {weight / 1000:.1f} KB, more than {MOST // 1000}: could it be said in fewer words, or on two pages?")


def first_view(page: Path) -> int:
    """The bytes of a page and of all that it asks for before anything is pressed, compressed; pictures that a page shows are not counted."""
    html = page.read_text(encoding="utf-8")
    asked = re.findall(r'<(?:link rel="(?:stylesheet|preload|icon)" href|script src)="([^"]+)"', html)
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in (page, *(page.parent / path for path in asked if ":" not in path)))


if __name__ == "__main__":
    main()
