"""The live site held, file by file, against one that was built here from the same commit for the same day.

Owns: asking, a few files at a time and within a time limit, and what is said about the answers. Never: follows a redirect, reads more of an
answer than it needs, runs what it was sent, or believes what the live site says of itself.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection, IncompleteRead
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import SplitResult, quote, urlsplit

from macros.outputs.security import HASHES, read_hashes

AT_ONCE, PATIENCE, DEADLINE = 4, 20.0, 900.0  # questions, seconds for a sign of life, seconds for everything
_LONGEST_LIST, _MOST_ADDED = 4_000_000, 500  # bytes of the site's list, files that it may have besides
_GONE = (404, 410)
_PLAIN = re.compile(r"[A-Za-z0-9._/-]{1,200}")  # a path that may stand in an issue, whoever wrote it


@dataclass(frozen=True)
class Answer:
    """What the site gave for a file: a status of HTTP, or 0 and why there was no answer."""

    status: int
    content: bytes = b""
    why: str = ""


def compare(folder: Path, address: str, deadline: float = DEADLINE) -> tuple[list[str], list[str]]:
    """What is not the same at ``address`` as in ``folder``, and what could not be asked, in a sentence each.

    Raises:
        ValueError: the address is none of the web.
        OSError: the folder holds no finished site.
    """
    parts, until = urlsplit(address), time.monotonic() + deadline
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError
    ours = (folder / HASHES).read_bytes()
    known = read_hashes(ours)
    listed = _ask_all(parts, {HASHES: _LONGEST_LIST}, until)[HASHES]
    if not listed.status:
        return [], [f"The site at {parts.hostname} could not be asked: {listed.why}."]
    besides = sorted(set(read_hashes(listed.content)) - set(known))
    added = [name for name in besides if _PLAIN.fullmatch(name)][:_MOST_ADDED]
    answers = _ask_all(parts, {name: (folder / name).stat().st_size for name in known} | dict.fromkeys(added, 0), until)
    different = [] if listed.content == ours else [f"`{HASHES}`, the list of files, is not the one that was built."]
    different += [f"`{name}` {said}." for name in known if (said := _differs(answers[name], known[name]))]
    different += [f"`{name}` is there and should not be." for name in added if answers[name].status not in (0, *_GONE)]
    different += [f"{more:,} more in the list of files should not be there."] if (more := len(besides) - len(added)) else []
    return different, [f"`{name}` could not be asked for: {answer.why}." for name, answer in answers.items() if not answer.status]


def _differs(answer: Answer, expected: str) -> str | None:
    if answer.status in _GONE:
        return "is missing"
    if answer.status == 200:
        return None if hashlib.sha256(answer.content).hexdigest() == expected else "is not the file that was built"
    return f"leads elsewhere (it answers {answer.status})" if answer.status else None


def _ask_all(parts: SplitResult, sizes: Mapping[str, int], until: float) -> dict[str, Answer]:
    """An answer for each file, of at most one byte more than its size. The threads end with the program, whatever a server makes them wait for."""
    wanted: SimpleQueue[str] = SimpleQueue()
    found: dict[str, Answer] = {}
    for name in sizes:
        wanted.put(name)

    def work() -> None:
        connection = (HTTPSConnection if parts.scheme == "https" else HTTPConnection)(str(parts.hostname), parts.port, timeout=PATIENCE)
        try:
            while time.monotonic() < until:
                name = wanted.get_nowait()
                found[name] = _ask(connection, f"{parts.path.rstrip('/')}/{quote(name)}", sizes[name] + 1)
        except Empty:
            connection.close()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(AT_ONCE, len(sizes)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return {name: found.get(name) or Answer(0, why="the time was over") for name in sizes}


def _ask(connection: HTTPConnection, target: str, most: int) -> Answer:
    """One question, asked once more where the line breaks. An answer of 429 or 5xx says nothing about the file."""
    why = ""
    for _ in range(2):
        try:
            connection.request("GET", target)
            answer = connection.getresponse()
            content = answer.read(most)
            if not answer.isclosed():  # it is longer than it should be
                connection.close()
            if answer.length and len(content) < most:
                raise IncompleteRead(content)
            if answer.status == 429 or answer.status >= 500:
                return Answer(0, why=f"it answers {answer.status}")
            return Answer(answer.status, content)
        except (HTTPException, OSError) as error:
            connection.close()
            why = "no answer in time" if isinstance(error, TimeoutError) else "no connection" if isinstance(error, OSError) else "a broken answer"
    return Answer(0, why=why)
