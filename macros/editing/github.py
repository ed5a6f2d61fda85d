"""Telling GitHub: one comment on a pull request, suggestions, one issue an owner, a pull request from a form.

Owns: the calls to GitHub's API. It is the only thing that runs with leave to write there, so it needs nothing but
Python itself, reads no content, and takes what it is to say as text: sizes, paths and kinds are looked at here
again, whoever made them. Never: decides what is said.

Run as ``python3 -m macros.editing.github comment | upkeep | propose``; what to say is in the variable SAID: JSON,
packed (gzip, base64), because a variable holds no more than 128 KB.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

_ROBOT = "github-actions[bot]"
_SUMMARY_MARK, _SUGGESTION_MARK, _FORM_MARK = "<!-- what-will-change -->", "<!-- certain-fix -->", "<!-- from-a-form -->"
_MOST_TEXT, _MOST_SUGGESTIONS, _LONGEST_LINE, _PAGES = 64_000, 20, 2_000, 20
_MOST_SAID = 4_000_000
_LABELS = ("upkeep", "out of date", "proposal: session", "proposal: news")
# The only places a form may put a file, and the only names it may give it.
_PROPOSED_PATH = re.compile(r"(?:docs/news/[a-z0-9-]{1,80}\.md|data/[a-z_]{1,40}/form-[0-9]{1,9}\.yml)\Z")
_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@")


class Refused(ValueError):
    """What was to be said does not have the form it must have."""


@dataclass(frozen=True)
class GitHub:
    """One repository, seen through GitHub's API."""

    api: str
    repository: str
    token: str

    def call(self, method: str, path: str, body: object = None) -> Any:
        """One call; the answer as it was given."""
        request = Request(f"{self.api}/repos/{self.repository}/{path}", method=method, data=None if body is None else json.dumps(body).encode())  # noqa: S310
        for name, value in {"Authorization": f"Bearer {self.token}", "Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}.items():
            request.add_header(name, value)
        with urlopen(request, timeout=30) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None

    def all(self, path: str, **asked: str) -> Iterator[Any]:
        """Every entry of a list that comes in pages."""
        for page in range(1, _PAGES + 1):
            entries = self.call("GET", f"{path}?{urlencode({**asked, 'per_page': '100', 'page': str(page)})}")
            yield from entries
            if len(entries) < 100:
                return

    def exists(self, path: str) -> bool:
        """Whether anything is at an address."""
        try:
            self.call("GET", path)
        except HTTPError as error:
            if error.code == 404:
                return False
            raise
        return True


# A pull request --------------------------------------------------------------------------------------------


def comment(github: GitHub, number: int, text: str) -> None:
    """One comment on a pull request or issue, written again each time rather than repeated."""
    body = f"{_SUMMARY_MARK}\n{text}"[:_MOST_TEXT]
    for old in github.all(f"issues/{number}/comments"):
        if old["user"]["login"] == _ROBOT and old["body"].startswith(_SUMMARY_MARK):
            if old["body"] != body:
                github.call("PATCH", f"issues/comments/{int(old['id'])}", {"body": body})
            return
    github.call("POST", f"issues/{number}/comments", {"body": body})


def suggest(github: GitHub, number: int, commit: str, fixes: list[dict[str, Any]]) -> int:
    """Certain fixes as suggestions that one click takes over. Returns how many are new."""
    shown = {file["filename"]: _shown_lines(file.get("patch") or "") for file in github.all(f"pulls/{number}/files")}
    there = {(old["path"], old["body"]) for old in github.all(f"pulls/{number}/comments") if old["user"]["login"] == _ROBOT}
    fresh = []
    for fix in fixes:
        path, line, before, after = str(fix["file"]), int(fix["line"]), str(fix["before"]), str(fix["after"])
        if shown.get(path, {}).get(line) != before or len(after) > _LONGEST_LINE or "\n" in after:
            continue
        body = _suggestion(after)
        if (path, body) not in there:
            fresh.append({"path": path, "line": line, "side": "RIGHT", "body": body})
    fresh = fresh[:_MOST_SUGGESTIONS]
    if fresh:
        github.call("POST", f"pulls/{number}/reviews", {"commit_id": commit, "event": "COMMENT", "comments": fresh})
    return len(fresh)


def _suggestion(after: str) -> str:
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", after)), default=0) + 1)
    return f"{_SUGGESTION_MARK}This fix is certain: it changes how the line is written, not what it says.\n\n{fence}suggestion\n{after}\n{fence}"


def _shown_lines(patch: str) -> dict[int, str]:
    """The lines of the new file that the pull request shows, which are those one can suggest something for."""
    shown: dict[int, str] = {}
    at = 0
    for line in patch.split("\n"):
        hunk = _HUNK.match(line)
        if hunk:
            at = int(hunk.group(1))
        elif line.startswith(("+", " ")):
            shown[at] = line[1:]
            at += 1
    return shown


# Upkeep ----------------------------------------------------------------------------------------------------


def upkeep(github: GitHub, lists: list[dict[str, Any]]) -> None:
    """One issue an owner: opened or written again where there is something to do, closed where there is nothing."""
    _ensure_labels(github)
    ours = [issue for issue in github.all("issues", state="all", labels="upkeep") if issue["user"]["login"] == _ROBOT and "pull_request" not in issue]
    for entry in lists:
        owner, title, text = str(entry["owner"]), str(entry["title"])[:200], str(entry["text"])
        mark = f"<!-- upkeep: {re.sub(r'[^a-z0-9-]', '', owner.lower())} -->"
        body = f"{mark}\n{text or 'Nothing is to be looked at this week.'}"[:_MOST_TEXT]
        issue = next((issue for issue in ours if (issue["body"] or "").startswith(mark)), None)
        if issue is None and text:
            github.call("POST", "issues", {"title": title, "body": body, "labels": ["upkeep"]})
        elif issue is not None and (text or issue["state"] == "open"):
            state = "open" if text else "closed"
            if (issue["body"], issue["state"]) != (body, state):
                github.call("PATCH", f"issues/{int(issue['number'])}", {"title": title, "body": body, "state": state})


def _ensure_labels(github: GitHub) -> None:
    """Forms can only set labels that exist."""
    there = {label["name"] for label in github.all("labels")}
    for name in _LABELS:
        if name not in there:
            github.call("POST", "labels", {"name": name})


# A form ----------------------------------------------------------------------------------------------------


def propose(github: GitHub, number: int, author: str, said: dict[str, Any]) -> None:
    """A pull request with the one file that a team member's form asks for; or, as a comment, why there is none.

    Somebody else's form stays what it is: an issue that the team reads.
    """
    if github.call("GET", f"collaborators/{quote(author, safe='')}/permission")["permission"] not in ("admin", "write"):
        return
    if said.get("refused"):
        comment(github, number, str(said["refused"]))
        return
    path, text, title = str(said["path"]), str(said["text"]), " ".join(str(said["title"]).split())[:120]
    if not _PROPOSED_PATH.fullmatch(path) or len(text) > _MOST_TEXT:
        raise Refused(f"a form may not write {path!r} with {len(text):,} characters")
    if github.exists(f"contents/{quote(path)}?ref=main"):
        comment(github, number, "There is a file of this name already. Give the entry another title and the form is read again.")
        return
    branch = f"form-{int(number)}"
    _start_branch(github, branch)
    content = {"message": f"Propose: {title}", "content": base64.b64encode(text.encode()).decode(), "branch": branch}
    github.call("PUT", f"contents/{quote(path)}", content)
    pull = _pull_request(
        github, branch, title, f"{_FORM_MARK}\nMade from the form in #{int(number)}, which is closed when this is merged.\n\nCloses #{int(number)}\n"
    )
    comment(github, pull, str(said["message"]))
    # What this token does starts no other workflow, except by asking for it: so the check is asked for.
    github.call("POST", "actions/workflows/check.yml/dispatches", {"ref": branch})
    comment(github, number, f"The proposed change is in #{pull}. What the check says about it stands there.")


def _start_branch(github: GitHub, branch: str) -> None:
    """A branch that begins where main is now, whatever an earlier answer to the form left on it."""
    head = github.call("GET", "git/ref/heads/main")["object"]["sha"]
    if github.exists(f"git/ref/heads/{branch}"):
        github.call("PATCH", f"git/refs/heads/{branch}", {"sha": head, "force": True})
    else:
        github.call("POST", "git/refs", {"ref": f"refs/heads/{branch}", "sha": head})


def _pull_request(github: GitHub, branch: str, title: str, body: str) -> int:
    owner = github.repository.split("/")[0]
    for pull in github.all("pulls", state="open", head=f"{owner}:{branch}"):
        return int(pull["number"])
    return int(github.call("POST", "pulls", {"title": f"Propose: {title}", "head": branch, "base": "main", "body": body})["number"])


# The command line ------------------------------------------------------------------------------------------


def unpacked(said: str) -> Any:
    """What a workflow packed with gzip and base64, and not more than a few megabytes of it."""
    unpacking = zlib.decompressobj(wbits=31)
    text = unpacking.decompress(base64.b64decode(said), _MOST_SAID)
    if not unpacking.eof:
        raise Refused(f"there is more than {_MOST_SAID:,} bytes to say")
    return json.loads(text)


def main(command: str, environment: dict[str, str]) -> int:
    """Says on GitHub what the variable SAID holds."""
    github = GitHub(environment["GITHUB_API_URL"], environment["GITHUB_REPOSITORY"], environment["GITHUB_TOKEN"])
    said = unpacked(environment["SAID"])
    if command == "comment":
        number = int(environment["NUMBER"])
        comment(github, number, f"{said['summary']}\n{environment.get('CLOSING', '')}".rstrip())
        suggest(github, number, environment["COMMIT"], list(said["fixes"])[:200])
    elif command == "upkeep":
        upkeep(github, said)
    elif command == "propose":
        propose(github, int(environment["NUMBER"]), environment["AUTHOR"], said)
    else:
        print(f"{command} is not something this can do.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], dict(os.environ)))
