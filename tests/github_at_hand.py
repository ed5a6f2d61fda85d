"""A GitHub of one's own for the tests: a command ``gh`` that answers as the real one does, from a repository in memory.

Owns: one made-up repository, the commands and addresses that the project asks for, and refusals like GitHub's own. Never: asserts.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

ROBOT = "github-actions[bot]"
ON_A_PAGE = 30  # entries that GitHub gives where nobody asks for more


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
    trees: dict[str, dict[str, str | None]] = field(default_factory=dict)  # what each made-up tree or commit adds to main
    editors: dict[int, list[str]] = field(default_factory=dict)  # who edited an issue
    locked: list[int] = field(default_factory=list)
    dispatched: list[tuple[str, str]] = field(default_factory=list)
    wrote: list[str] = field(default_factory=list)

    def command(self, arguments: list[str], said: str) -> tuple[int, str, str]:
        """What one command of ``gh`` does: its exit status and what it prints and complains of. What it does not know ends the test."""
        asked = _parser().parse_args(arguments)
        if asked.command == "workflow":
            self.dispatched.append((asked.file, asked.ref))
            return 0, "", ""
        if asked.command in ("pr", "issue"):
            self._comment(asked.number, said)
            return 0, "", ""
        if asked.path == "graphql":
            fields = dict(part.split("=", 1) for part in asked.field)
            assert (fields["owner"], fields["name"]) == ("{owner}", "{repo}") and "userContentEdits(first: 100)" in fields["query"]
            return self._writers(int(fields["number"]))
        address = urlsplit(asked.path.removeprefix("repos/{owner}/{repo}/"))
        if asked.method != "GET":
            self.wrote.append(f"{asked.method} {address.path}")
        found = {name: values[0] for name, values in parse_qs(address.query).items()}
        for pattern, handle in _ROUTES:
            if match := re.fullmatch(pattern, f"{asked.method} {address.path}"):
                status, answer = handle(self, found, json.loads(said) if asked.input else None, *match.groups())
                break
        else:
            status, answer = 404, {"message": f"no route for {asked.method} {address.path}"}
        if status >= 400:
            return 1, "", f"gh: {answer.get('message', 'Not Found')} (HTTP {status})"
        if isinstance(answer, list):
            answer = answer if asked.paginate else answer[:ON_A_PAGE]
        if asked.jq:
            return 0, "".join(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in answer), ""
        return 0, "" if asked.silent else json.dumps(answer), ""

    def move(self, branch: str, commit: str) -> None:
        """Makes a branch one commit on top of main."""
        self.branches[branch] = commit
        for key in [key for key in self.contents if key[0] == branch]:
            del self.contents[key]
        self.contents.update({(branch, path): text for path, text in self.trees[commit].items()})

    def _writers(self, number: int) -> tuple[int, str, str]:
        if number not in self.issues:
            return 1, "", "gh: Could not resolve to an Issue"
        nodes = [{"editor": {"login": name} if name else None} for name in self.editors.get(number, ())]
        edits = {"pageInfo": {"hasNextPage": len(nodes) > 100}, "nodes": nodes[:100]}
        issue = {"author": {"login": self.issues[number]["user"]["login"]}, "userContentEdits": edits}
        return 0, json.dumps({"data": {"repository": {"issue": issue}}}), ""

    def _comment(self, number: int, text: str) -> None:
        """The last comment of the robot is replaced, as --edit-last says; where it has none, one is made."""
        ours = [comment for comment in self.comments.values() if comment["on"] == number and comment["user"]["login"] == ROBOT]
        self.wrote.append(f"{'edit' if ours else 'add'} comment {number}")
        if ours:
            ours[-1]["body"] = text
        else:
            self.comments[len(self.comments) + 1] = {"id": len(self.comments) + 1, "on": number, "body": text, "user": {"login": ROBOT}}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gh", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    api = commands.add_parser("api", allow_abbrev=False)
    api.add_argument("path")
    api.add_argument("--method", default="GET")
    api.add_argument("--jq", choices=[".[]"])
    api.add_argument("--input", choices=["-"])
    api.add_argument("-F", "-f", dest="field", action="append", default=[])
    for name in ("--silent", "--paginate"):
        api.add_argument(name, action="store_true")
    for kind in ("pr", "issue"):
        comment = commands.add_parser(kind, allow_abbrev=False)
        comment.add_argument("what", choices=["comment"])
        comment.add_argument("number", type=int)
        comment.add_argument("--body-file", choices=["-"], required=True)
        for name in ("--edit-last", "--create-if-none"):
            comment.add_argument(name, action="store_true", required=True)
    workflow = commands.add_parser("workflow", allow_abbrev=False)
    workflow.add_argument("what", choices=["run"])
    workflow.add_argument("file")
    workflow.add_argument("--ref", required=True)
    return parser


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
    r.move(body["ref"].removeprefix("refs/heads/"), body["sha"])
    return 201, {}


def _move_branch(r: Repository, _: Any, body: Any, name: str) -> tuple[int, Any]:
    assert body["force"] is True
    r.move(name, body["sha"])
    return 200, {}


def _content(r: Repository, asked: dict[str, str], _: Any, path: str) -> tuple[int, Any]:
    return (200, {}) if (asked["ref"], path) in r.contents else (404, {})


def _add_tree(r: Repository, _: Any, body: Any) -> tuple[int, Any]:
    assert body["base_tree"] == r.branches["main"]
    name = f"{len(r.trees):040}"
    r.trees[name] = {entry["path"]: entry.get("content") for entry in body["tree"]}
    return 201, {"sha": name}


def _add_commit(r: Repository, _: Any, body: Any) -> tuple[int, Any]:
    assert body["parents"] == [r.branches["main"]]
    name = f"{len(r.trees):040}"
    r.trees[name] = r.trees[body["tree"]]
    return 201, {"sha": name}


def _lock(r: Repository, _: Any, __: Any, number: str) -> tuple[int, Any]:
    r.locked.append(int(number))
    return 204, None


def _add_pull(r: Repository, _: Any, body: Any) -> tuple[int, Any]:
    r.pulls.append({"number": 100 + len(r.pulls), "user": {"login": ROBOT}, **body})
    return 201, r.pulls[-1]


def _edit_pull(r: Repository, _: Any, body: Any, number: str) -> tuple[int, Any]:
    pull = next(pull for pull in r.pulls if pull["number"] == int(number))
    pull.update(body)
    return 200, pull


def _pull(r: Repository, _: Any, __: Any, number: str) -> tuple[int, Any]:
    pull = next((pull for pull in r.pulls if pull["number"] == int(number)), None)
    return (200, {**pull, "head": {"ref": pull["head"]}}) if pull else (404, {})


_ROUTES: list[tuple[str, Any]] = [
    (r"GET pulls/(\d+)/files", lambda r, asked, _, n: (200, r.files)),
    (r"GET pulls/(\d+)/comments", lambda r, asked, _, n: (200, r.review_comments)),
    (r"POST pulls/(\d+)/reviews", _review),
    (r"GET issues", lambda r, asked, _: (200, list(r.issues.values()))),
    (r"POST issues", _add_issue),
    (r"PATCH issues/(\d+)", _edit_issue),
    (r"GET labels", lambda r, asked, _: (200, [{"name": name} for name in r.labels])),
    (r"POST labels", _add_label),
    (r"GET git/ref/heads/(.+)", _branch),
    (r"POST git/refs", _add_branch),
    (r"PATCH git/refs/heads/(.+)", _move_branch),
    (r"GET contents/(.+)", _content),
    (r"POST git/trees", _add_tree),
    (r"POST git/commits", _add_commit),
    (r"PUT issues/(\d+)/lock", _lock),
    (r"GET pulls/(\d+)/reviews", lambda r, asked, _, n: (200, [review for review in r.reviews if review["on"] == int(n)])),
    (r"GET pulls/(\d+)", _pull),
    (r"PATCH pulls/(\d+)", _edit_pull),
    (r"GET pulls", lambda r, asked, _: (200, [p for p in r.pulls if asked["head"] == f"owner:{p['head']}"])),
    (r"POST pulls", _add_pull),
    (r"GET collaborators/(.+)/permission", lambda r, _, __, name: (200, {"permission": "write" if name in r.team else "read"})),
]
# The command itself: it hands its arguments to the test that holds the repository, a line there and a line back.
_SCRIPT = """#!{python} -IS
import json, os, socket, sys
asked = {{"arguments": sys.argv[1:], "said": sys.stdin.read(), "environment": {{name: os.environ.get(name) for name in ("GH_TOKEN", "GH_REPO")}}}}
with socket.create_connection(("127.0.0.1", {port})) as line, line.makefile("rw") as both:
    both.write(json.dumps(asked) + "\\n")
    both.flush()
    status, out, err = json.loads(both.readline())
sys.stdout.write(out)
sys.stderr.write(err)
sys.exit(status)
"""


@contextmanager
def gh_at_hand(repository: Repository, folder: Path) -> Iterator[dict[str, str]]:
    """The variables with which ``gh`` is a command that answers for the repository ``owner/name``; ``folder`` is where the command is made."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            told = json.loads(self.rfile.readline())
            answer: tuple[int, str, str]
            if told["environment"] != {"GH_TOKEN": "a-token", "GH_REPO": "owner/name"}:
                answer = 1, "", "gh: Bad credentials (HTTP 401)"
            else:
                try:
                    answer = repository.command(told["arguments"], told["said"])
                except SystemExit:  # the arguments are none that gh has
                    answer = 1, "", "unknown command or flag"
            self.wfile.write(f"{json.dumps(answer)}\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    folder.mkdir(exist_ok=True)
    script = folder / "gh"
    script.write_text(_SCRIPT.format(python=sys.executable, port=server.server_address[1]))
    script.chmod(0o755)
    yield {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "GH_TOKEN": "a-token", "GH_REPO": "owner/name"}
    server.shutdown()
