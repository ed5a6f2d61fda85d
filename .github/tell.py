"""Telling GitHub: comments, suggestions, one issue an owner, changes made from a form or by Upkeep; and asking it who agreed to one.

Owns: the commands of ``gh``. It needs nothing but Python and ``gh``, reads no content, takes what it is to say as text and looks at sizes,
paths and kinds again, whoever made them. Never: decides what is said, or puts a stranger's text into a command's arguments.

It stands beside the workflows, and not among the site's own programs, so that a job that may write runs this one file of main and nothing else:
``python3 -I .github/tell.py COMMAND``, one of those at the foot, with what to say, as JSON, on standard input.
"""

import json
import os
import re
import subprocess
import sys
from typing import Any
from urllib.parse import quote

_ROBOT = "github-actions[bot]"
_API = "repos/{owner}/{repo}"  # which gh fills in from GH_REPO
_MOST_TEXT, _MOST_MOVED, _MOST_SUGGESTIONS, _LONGEST_LINE = 64_000, 1_000_000, 20, 2_000
LABELS = ("upkeep", "out of date", "proposal: session", "proposal: event", "proposal: news", "proposal: move")
# The only places a form may put a file, and the only names it may give it; beside it the list of addresses grows. The form that moves a page, and takes
# one file away, also changes the pages and lists that lead to it.
PROPOSED_PATH = re.compile(r"(?:docs/news/[a-z0-9-]{1,80}\.md|data/[a-z_]{1,40}/form-[0-9]{1,9}\.yml|data/published_addresses\.txt)\Z")
MOVED_PATH = re.compile(
    r"(?:docs/(?:[a-z0-9-]{1,100}/){0,6}[a-z0-9-]{1,100}\.md|data/(?:[a-z_]{1,40}/)?[a-z0-9_-]{1,100}\.yml|data/published_addresses\.txt)\Z"
)
# What Upkeep may change: lists of packages, which hold versions and hashes and nothing else, forms, whose lists are made from data, and the list of addresses.
_LOCKED_LINE = (
    r"[A-Za-z0-9._-]+(?:\[[a-z0-9,-]+\])?==[A-Za-z0-9.+!_-]+(?: ; [^\\\n]+)? \\\n(?:    --hash=sha256:[0-9a-f]{64} \\\n)*    --hash=sha256:[0-9a-f]{64}\n"
)
_UPKEEP_FILES = (
    (re.compile(r"requirements/[a-z]{1,20}\.txt\Z"), re.compile(rf"(?:{_LOCKED_LINE})+\Z")),
    (re.compile(r"\.github/ISSUE_TEMPLATE/[a-z-]{1,20}\.yml\Z"), re.compile(r"[^\0]*\Z")),
    (re.compile(r"data/published_addresses\.txt\Z"), re.compile(r"(?:#[^\n]*\n)*(?:/[!-~]*\n)+\Z")),
)
TEAM = ("OWNER", "MEMBER", "COLLABORATOR")  # how GitHub calls those who belong to a repository
_WRITERS = """query($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name) { issue(number: $number) {
author { login } userContentEdits(first: 100) { pageInfo { hasNextPage } nodes { editor { login } } } } } }"""
_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@")


class Refused(ValueError):
    """What was to be said does not have the form it must have, or GitHub does not take it."""


def gh(*arguments: str, said: str = "") -> str:
    """What a command of ``gh`` prints. The text of others goes to its standard input (``said``).

    Raises:
        Refused: the command failed, with what it said about it.
    """
    done = subprocess.run(["gh", *arguments], input=said, capture_output=True, encoding="utf-8", check=False)  # noqa: S607  (on the runner's path)
    if done.returncode:
        raise Refused(f"`gh {' '.join(arguments)}` failed: {done.stderr.strip()}")
    return done.stdout


def _listed(path: str) -> list[Any]:
    """Every entry of a list, on however many pages it comes."""
    return [json.loads(line) for line in gh("api", "--paginate", "--jq", ".[]", f"{_API}/{path}").split("\n") if line]


def _write(method: str, path: str, body: object) -> Any:
    return json.loads(gh("api", "--method", method, f"{_API}/{path}", "--input", "-", said=json.dumps(body)) or "null")


def _exists(path: str) -> bool:
    try:
        gh("api", "--silent", f"{_API}/{path}")
    except Refused as reason:
        if "HTTP 404" in str(reason):
            return False
        raise
    return True


def comment(kind: str, number: int, text: str) -> None:
    """One comment on a pull request (``kind`` is pr) or an issue (issue), replaced each time rather than repeated."""
    gh(kind, "comment", str(number), "--edit-last", "--create-if-none", "--body-file", "-", said=text[:_MOST_TEXT])


def suggest(number: int, commit: str, fixes: list[dict[str, Any]]) -> int:
    """Certain fixes as suggestions that one click takes over. Returns how many are new."""
    shown = {file["filename"]: _shown_lines(file.get("patch") or "") for file in _listed(f"pulls/{number}/files")}
    there = {(old["path"], old["body"]) for old in _listed(f"pulls/{number}/comments") if old["user"]["login"] == _ROBOT}
    fresh = []
    for fix in fixes:
        path, line, before, after = str(fix["file"]), int(fix["line"]), str(fix["before"]), str(fix["after"])
        if shown.get(path, {}).get(line) != before or len(after) > _LONGEST_LINE or "\n" in after:
            continue
        fence = "`" * max(3, max((len(run) for run in re.findall("`+", after)), default=0) + 1)
        body = f"This fix is certain: it changes how the line is written, not what it says.\n\n{fence}suggestion\n{after}\n{fence}"
        if (path, body) not in there:
            fresh.append({"path": path, "line": line, "side": "RIGHT", "body": body})
    fresh = fresh[:_MOST_SUGGESTIONS]
    if fresh:
        _write("POST", f"pulls/{number}/reviews", {"commit_id": commit, "event": "COMMENT", "comments": fresh})
    return len(fresh)


def _shown_lines(patch: str) -> dict[int, str]:
    """The lines of the new file that the pull request shows, which are those one can suggest something for."""
    shown: dict[int, str] = {}
    at = 0
    for line in patch.split("\n"):
        if hunk := _HUNK.match(line):
            at = int(hunk.group(1))
        elif line.startswith(("+", " ")):
            shown[at] = line[1:]
            at += 1
    return shown


def upkeep(lists: list[dict[str, Any]]) -> None:
    """One issue an owner: opened or rewritten where there is something to do, closed where there is nothing. Makes the labels that forms can only set."""
    there = {label["name"] for label in _listed("labels")}
    for name in LABELS:
        if name not in there:
            _write("POST", "labels", {"name": name})
    ours = [issue for issue in _listed("issues?state=all&labels=upkeep") if issue["user"]["login"] == _ROBOT and "pull_request" not in issue]
    for entry in lists:
        owner, title, text = str(entry["owner"]), str(entry["title"])[:200], str(entry["text"])
        mark = f"<!-- upkeep: {re.sub(r'[^a-z0-9-]', '', owner.lower())} -->"
        body = f"{mark}\n{text or 'Nothing is to be looked at now.'}"[:_MOST_TEXT]
        state = "open" if text else "closed"
        issue = next((issue for issue in ours if (issue["body"] or "").startswith(mark)), None)
        if issue is None and text:
            _write("POST", "issues", {"title": title, "body": body, "labels": ["upkeep"]})
        elif issue is not None and "open" in (state, issue["state"]) and (issue["body"], issue["state"]) != (body, state):
            _write("PATCH", f"issues/{int(issue['number'])}", {"title": title, "body": body, "state": state})


def answer(number: int, said: dict[str, Any]) -> None:
    """The answer under an issue. Where private text was found in it, that is first taken out of sight, and afterwards nobody adds to it."""
    if private := said["kind"] == "private":
        _write("PATCH", f"issues/{number}", {"title": "Taken out of sight", "body": "The text that stood here was taken out of sight.", "labels": []})
    comment("issue", number, str(said["answer"]))
    if private:
        _write("PUT", f"issues/{number}/lock", {"lock_reason": "off-topic"})


def propose(number: int, author: str, said: dict[str, Any]) -> None:
    """A pull request with the file that a team member's form asks for, or the move of a page; or, as a comment, why there is none.

    Somebody else's form stays what it is: an issue that the team reads.
    """
    if json.loads(gh("api", f"{_API}/collaborators/{quote(author, safe='')}/permission"))["permission"] not in ("admin", "write"):
        return comment("issue", number, "Thank you. The team reads this; a form becomes a change by itself only for those who may write to this repository.")
    files, title = {str(path): text for path, text in said["files"].items()}, " ".join(str(said["title"]).split())[:120]
    gone = [path for path, text in files.items() if text is None]
    where, most = (MOVED_PATH, _MOST_MOVED) if len(gone) == 1 and gone[0].startswith("docs/") else (PROPOSED_PATH, _MOST_TEXT)
    size = sum(len(str(text)) for text in files.values())
    if wrong := [path for path in files if not where.fullmatch(path)] or ([*files] if size > most else []):
        raise Refused(f"a form may not write {wrong} with {size:,} characters")
    if not gone and any(_exists(f"contents/{path}?ref=main") for path in files if path != "data/published_addresses.txt"):
        return comment("issue", number, "There is a file of this name already. Give the entry another title and the form is read again.")
    body = f"Made from the form in #{number}, which is closed when this is merged.\n\nCloses #{number}\n"
    pull, reviewed = _change(f"form-{number}", files, f"Propose: {title}", body)
    if reviewed:
        instead = "Say there what is to be different, or close both and fill in a new form."
        return comment("issue", number, f"Somebody has already read the change in #{pull}, so it stays as they read it, whatever this form says now. {instead}")
    return comment("issue", number, f"The proposed change is in #{pull}. Within minutes a comment there says what it will change on the site.")


def update(said: dict[str, Any]) -> None:
    """A pull request with what Upkeep made again: newer packages, the lists in the forms and of addresses. It says in words what moved."""
    for path, text in said["files"].items():
        if not any(where.match(path) and what.match(text) for where, what in _UPKEEP_FILES):
            raise Refused(f"Upkeep may not write {path!r} with what stands in it")
    if said["files"]:
        body = f"{str(said['message'])[:_MOST_TEXT]}\n\nMade by Upkeep. The check builds and tests the site with it; read what moved before you agree.\n"
        _change("upkeep", said["files"], "Newer packages and lists", body)


def _change(branch: str, files: dict[str, str | None], title: str, body: str) -> tuple[int, bool]:
    """The number of the pull request that makes files what they are given as or takes them away, and whether it was left alone because somebody has reviewed it.

    A branch that is there begins again where main is now; but never under somebody's eyes.
    """
    pulls = _pulls_of(branch)
    if pulls and _listed(f"pulls/{int(pulls[0]['number'])}/reviews"):
        return int(pulls[0]["number"]), True
    main = json.loads(gh("api", f"{_API}/git/ref/heads/main"))["object"]["sha"]
    as_they_are = {"mode": "100644", "type": "blob"}  # a file of which nothing is given is taken away
    tree = [{"path": path, **as_they_are, **({"sha": None} if text is None else {"content": text})} for path, text in files.items()]
    tree_id = _write("POST", "git/trees", {"base_tree": main, "tree": tree})["sha"]
    commit = _write("POST", "git/commits", {"message": title, "tree": tree_id, "parents": [main]})["sha"]
    if _exists(f"git/ref/heads/{branch}"):
        _write("PATCH", f"git/refs/heads/{branch}", {"sha": commit, "force": True})
    else:
        _write("POST", "git/refs", {"ref": f"refs/heads/{branch}", "sha": commit})
    about = {"title": title, "body": body}
    pull = _write("PATCH", f"pulls/{int(pulls[0]['number'])}", about) if pulls else _write("POST", "pulls", {"head": branch, "base": "main", **about})
    # What this token does starts no other workflow, except by asking for it: so the check is asked for.
    gh("workflow", "run", "check.yml", "--ref", branch)
    return int(pull["number"]), False


def _pulls_of(branch: str) -> list[Any]:
    """The open pull request of a branch of this repository, if there is one."""
    return _listed(f"pulls?state=open&head={os.environ['GH_REPO'].split('/')[0]}:{quote(branch, safe='/')}")


def agreement(number: int) -> None:
    """Whether somebody agreed to a change who did not write it. GitHub sees to that itself, but takes the robot for the writer of a form's change.

    Raises:
        Refused: who wrote or edited the form approved the change that was made of it, or nobody else of the team did.
    """
    pull = json.loads(gh("api", f"{_API}/pulls/{number}"))
    form = re.fullmatch(r"form-([0-9]{1,9})", pull["head"]["ref"])
    if not form:
        print("This change was not made from a form: GitHub itself lets nobody approve a change of their own.")
        return
    asked = gh("api", "graphql", "-F", "owner={owner}", "-F", "name={repo}", "-F", f"number={form[1]}", "-f", f"query={_WRITERS}")
    issue = json.loads(asked)["data"]["repository"]["issue"]
    edits = issue["userContentEdits"]
    if edits["pageInfo"]["hasNextPage"]:
        raise Refused("the form was edited too often to say who wrote it. Close it and fill in a new one.")
    people = [issue["author"], pull["user"], *(edit["editor"] for edit in edits["nodes"])]
    writers = {person["login"] for person in people if person}
    last = {review["user"]["login"]: review for review in _listed(f"pulls/{number}/reviews") if review["user"] and review["state"] != "COMMENTED"}
    approvers = {login for login, review in last.items() if review["state"] == "APPROVED" and review["author_association"] in TEAM}
    again = "If somebody has approved it since, choose “Re-run” on this check."
    if own := sorted(approvers & writers):
        raise Refused(f"{', '.join(own)} wrote or edited the form in #{form[1]} and cannot agree to it. Dismiss that review; somebody else must approve.")
    if not approvers:
        raise Refused(f"nobody of the team has approved this change beside those who wrote the form in #{form[1]}. {again}")


def main(command: str, environment: dict[str, str]) -> int:
    """Says on GitHub what standard input holds. Returns the exit status: 1 where it is refused, with a sentence that says why."""
    number = int(environment.get("NUMBER") or 0)
    try:
        said: Any = None if command == "agreement" else json.load(sys.stdin)
        if command == "upkeep":
            upkeep(said)
        elif command == "update":
            update(said)
        elif command == "answer":
            answer(number, said)
        elif command == "propose":
            propose(number, environment["AUTHOR"], said)
        elif command == "agreement":
            agreement(number)
        elif command == "comment":
            # The check of a change that the robot proposed was asked for on its branch, and knows no number.
            for pull in [number] if number else [int(pull["number"]) for pull in _pulls_of(environment["BRANCH"])]:
                comment("pr", pull, f"{said['summary']}\n{_closing(environment)}")
                suggest(pull, environment["COMMIT"], list(said["fixes"])[:200])
        else:
            raise Refused(f"{command} is not something this can do")
    except json.JSONDecodeError:
        print("What there is to say is not whole: it was longer than 4 MB, or the job before this one did not end.", file=sys.stderr)
    except Refused as reason:
        print(f"{'This cannot be merged yet' if command == 'agreement' else 'GitHub was not told'}: {reason}", file=sys.stderr)
    else:
        return 0
    return 1


def _closing(environment: dict[str, str]) -> str:
    """The last line of a comment: where the check stands, and the site as it would be, if there is one."""
    run, site = environment["RUN"], environment.get("SITE")
    look = f"[The site as it would be]({site}): unpack it and open index.html." if site else "There is no site to look at: something is to be fixed first."
    return f"[The check]({run}). {look}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], dict(os.environ)))
