"""The live site held, file by file, against one that was built here from the same commit for the same day.

Owns: asking, a few files at a time and within a time limit, and what is said about the answers. Never: follows a redirect, reads more of an
answer than it needs, runs what it was sent, or believes what the live site says of itself.
"""

import hashlib
import re
import threading
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection, IncompleteRead
from pathlib import Path
from queue import Empty, SimpleQueue
from urllib.parse import SplitResult, quote, urlsplit

from macros.outputs.security import HASHES, read_hashes

AT_ONCE, PATIENCE, DEADLINE = 4, 20.0, 900.0  # questions, seconds for a sign of life, seconds for everything
_LONGEST_LIST = 4_000_000  # bytes
_PLAIN = re.compile(r"[A-Za-z0-9._/-]{1,200}")  # a path that may stand in an issue, whoever wrote it
_GONE, _NO_ANSWER = (404, 410), 0
_Answer = tuple[int, bytes]  # the status of HTTP, or ``_NO_ANSWER``, and what was read


def compare(folder: Path, address: str, deadline: float = DEADLINE) -> tuple[list[str], list[str]]:
    """What is not the same at ``address`` as in ``folder``, and what could not be asked, in a sentence each. ``deadline`` is in seconds.

    Raises ``ValueError`` where the address is none of the web, and ``OSError`` where the folder holds no finished site.
    """
    parts, until = urlsplit(address), time.monotonic() + deadline
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise ValueError
    ours = (folder / HASHES).read_bytes()
    known = read_hashes(ours)
    status, listed = _ask_all(parts, {HASHES: _LONGEST_LIST}, until)[HASHES]
    if status == _NO_ANSWER:
        return [], [f"The site at {parts.hostname} does not answer."]
    besides = sorted(set(read_hashes(listed)) - set(known))
    added = list(filter(_PLAIN.fullmatch, besides))
    answers = _ask_all(parts, {name: (folder / name).stat().st_size for name in known} | dict.fromkeys(added, 0), until)
    different = [] if listed == ours else [f"`{HASHES}`, the list of files, is not the one that was built."]
    different += [f"`{name}` {said}." for name in known if (said := _differs(answers[name], known[name]))]
    different += [f"`{name}` is there and should not be." for name in added if answers[name][0] not in (_NO_ANSWER, *_GONE)]
    different += [f"{more:,} more in the list of files should not be there."] if (more := len(besides) - len(added)) else []
    return different, [f"`{name}` could not be asked for." for name in answers if answers[name][0] == _NO_ANSWER]


def _differs(answer: _Answer, expected: str) -> str | None:
    status, content = answer
    if status in _GONE:
        return "is missing"
    if status not in (200, _NO_ANSWER):
        return f"is not given: the site answers {status}"
    return "is not the file that was built" if status and hashlib.sha256(content).hexdigest() != expected else None


def _ask_all(parts: SplitResult, sizes: Mapping[str, int], until: float) -> dict[str, _Answer]:
    """An answer for each file, of at most one byte more than its size. The threads end with the program, whatever a server makes them wait for."""
    wanted: SimpleQueue[str] = SimpleQueue()
    found: dict[str, _Answer] = {}
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
    return {name: found.get(name, (_NO_ANSWER, b"")) for name in sizes}


def _ask(connection: HTTPConnection, target: str, most: int) -> _Answer:
    """One question, asked once more where the line breaks. An answer of 429 or 5xx says nothing about the file."""
    for _ in range(2):
        try:
            connection.request("GET", target)
            answer = connection.getresponse()
            content = answer.read(most)
            if answer.length and len(content) < most:
                raise IncompleteRead(content)
            if not answer.isclosed():  # it is longer than it should be
                connection.close()
            return (_NO_ANSWER if answer.status == 429 or answer.status >= 500 else answer.status), content
        except (HTTPException, OSError):
            connection.close()
    return _NO_ANSWER, b""
