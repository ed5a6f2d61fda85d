"""A GitHub of one's own for the tests: enough of its API to see what is written there, and refusals like its own.

Owns: one made-up repository, kept in memory and served on this computer. Never: asserts.
"""

from __future__ import annotations

import http.server
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

ROBOT = "github-actions[bot]"


@dataclass
class Repository:
    """What stands in the repository, and every call that changed something."""

    comments: dict[int, dict[str, Any]] = field(default_factory=dict)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    review_comments: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    issues: dict[int, dict[str, Any]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    branches: dict[str, str] = field(default_factory=lambda: {"main": "a" * 40})
    contents: dict[tuple[str, str], str] = field(default_factory=dict)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    team: tuple[str, ...] = ("member",)
    dispatched: list[tuple[str, str]] = field(default_factory=list)
    wrote: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, asked: dict[str, str], body: Any) -> tuple[int, Any]:
        """The answer to one call: a status and what is sent."""
        if method != "GET":
            self.wrote.append(f"{method} {path}")
        for pattern, handle in _ROUTES:
            match = re.fullmatch(pattern, f"{method} {path}")
            if match:
                return handle(self, asked, body, *match.groups())  # type: ignore[no-any-return]
        return 404, {"message": f"no route for {method} {path}"}


def _page(entries: list[Any], asked: dict[str, str]) -> tuple[int, Any]:
    size, page = int(asked["per_page"]), int(asked["page"])
    return 200, entries[(page - 1) * size : page * size]


def _comments(r: Repository, asked: dict[str, str], _: Any, number: str) -> tuple[int, Any]:
    return _page([c for c in r.comments.values() if c["on"] == int(number)], asked)


def _add_comment(r: Repository, _: Any, body: Any, number: str) -> tuple[int, Any]:
    made = {"id": len(r.comments) + 1, "on": int(number), "body": body["body"], "user": {"login": ROBOT}}
    r.comments[made["id"]] = made
    return 201, made


def _edit_comment(r: Repository, _: Any, body: Any, number: str) -> tuple[int, Any]:
    comment = r.comments[int(number)]
    if comment["user"]["login"] != ROBOT:
        return 403, {"message": "not yours"}
    comment["body"] = body["body"]
    return 200, comment


def _review(r: Repository, _: Any, body: Any, number: str) -> tuple[int, Any]:
    r.reviews.append({"on": int(number), **body})
    r.review_comments += [{**comment, "user": {"login": ROBOT}} for comment in body["comments"]]
    return 200, {}


def _add_issue(r: Repository, _: Any, body: Any) -> tuple[int, Any]:
    number = len(r.issues) + 1
    r.issues[number] = {"number": number, "state": "open", "user": {"login": ROBOT}, **body}
    return 201, r.issues[number]


def _edit_issue(r: Repository, _: Any, body: Any, number: str) -> tuple[int, Any]:
    r.issues[int(number)].update(body)
    return 200, r.issues[int(number)]


def _add_label(r: Repository, _: Any, body: Any) -> tuple[int, Any]:
    r.labels.append(body["name"])
    return 201, {}


def _branch(r: Repository, _: Any, __: Any, name: str) -> tuple[int, Any]:
    return (200, {"object": {"sha": r.branches[name]}}) if name in r.branches else (404, {})


def _add_branch(r: Repository, _: Any, body: Any) -> tuple[int, Any]:
    r.branches[body["ref"].removeprefix("refs/heads/")] = body["sha"]
    return 201, {}


def _move_branch(r: Repository, _: Any, body: Any, name: str) -> tuple[int, Any]:
    r.branches[name] = body["sha"]
    for key in [key for key in r.contents if key[0] == name]:
        del r.contents[key]
    return 200, {}


def _content(r: Repository, asked: dict[str, str], _: Any, path: str) -> tuple[int, Any]:
    return (200, {}) if (asked["ref"], path) in r.contents else (404, {})


def _put_content(r: Repository, _: Any, body: Any, path: str) -> tuple[int, Any]:
    if (body["branch"], path) in r.contents:
        return 422, {"message": "sha was not given"}
    r.contents[(body["branch"], path)] = body["content"]
    return 201, {}


def _add_pull(r: Repository, _: Any, body: Any) -> tuple[int, Any]:
    r.pulls.append({"number": 100 + len(r.pulls), **body})
    return 201, r.pulls[-1]


def _dispatch(r: Repository, _: Any, body: Any, workflow: str) -> tuple[int, Any]:
    r.dispatched.append((workflow, body["ref"]))
    return 204, None


_ROUTES: list[tuple[str, Any]] = [
    (r"GET issues/(\d+)/comments", _comments),
    (r"POST issues/(\d+)/comments", _add_comment),
    (r"PATCH issues/comments/(\d+)", _edit_comment),
    (r"GET pulls/(\d+)/files", lambda r, asked, _, n: _page(r.files, asked)),
    (r"GET pulls/(\d+)/comments", lambda r, asked, _, n: _page(r.review_comments, asked)),
    (r"POST pulls/(\d+)/reviews", _review),
    (r"GET issues", lambda r, asked, _: _page(list(r.issues.values()), asked)),
    (r"POST issues", _add_issue),
    (r"PATCH issues/(\d+)", _edit_issue),
    (r"GET labels", lambda r, asked, _: _page([{"name": name} for name in r.labels], asked)),
    (r"POST labels", _add_label),
    (r"GET git/ref/heads/(.+)", _branch),
    (r"POST git/refs", _add_branch),
    (r"PATCH git/refs/heads/(.+)", _move_branch),
    (r"GET contents/(.+)", _content),
    (r"PUT contents/(.+)", _put_content),
    (r"GET pulls", lambda r, asked, _: _page([p for p in r.pulls if asked["head"].endswith(f":{p['head']}")], asked)),
    (r"POST pulls", _add_pull),
    (r"POST actions/workflows/(.+)/dispatches", _dispatch),
    (r"GET collaborators/(.+)/permission", lambda r, _, __, name: (200, {"permission": "write" if name in r.team else "read"})),
]


@contextmanager
def serving(repository: Repository) -> Iterator[str]:
    """The address of an API that answers for the repository ``owner/name``."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def _do(self) -> None:
            address = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            if self.headers["Authorization"] != "Bearer a-token":
                status, answer = 401, {"message": "Bad credentials"}
            else:
                asked = {name: values[0] for name, values in parse_qs(address.query).items()}
                status, answer = repository.answer(self.command, address.path.removeprefix("/repos/owner/name/"), asked, body)
            text = b"" if answer is None else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = do_PUT = _do

        def log_message(self, format: str, *args: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
