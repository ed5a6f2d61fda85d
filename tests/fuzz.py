"""A million broken files through the readers and models: ``make fuzz``, or ``python -m tests.fuzz --count 1000000``.

Each case takes a file that editors keep, spoils it a few times at random, and reads it as the check does. It must
either be refused in words or come out as it stands in the file. Told are:

- crashes: anything but words comes out;
- hangs: it takes longer than two seconds of the processor, which a busy computer does not change, or more than a gigabyte;
- silent changes: it passes, and what was read is not what Python's own readers find in the very bytes;
- bad words: a message without a fix, with a line that is not there, or with a programmer's words in it.

A case is known by its number alone: ``python -m tests.fuzz --case 4711`` does it again and shows it.
"""

from __future__ import annotations

import argparse
import csv
import io
import multiprocessing
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from macros.content.catalogue import TABLES
from macros.content.derived import load_derived
from macros.content.loading import Loading
from macros.content.reading import load_list, load_page
from macros.content.tables import load_table
from macros.models import CONTENT_TYPES
from macros.problems import tell
from macros.sources.pictures import carried_by
from macros.sources.words import split_words
from macros.sources.yaml_files import read_yaml

ROOT = Path(__file__).parents[1]
ROOTS = (ROOT, ROOT / "tests/small_site")  # whose files are spoilt
SECONDS, BYTES = 2, 2_000_000_000
BATCH = 200
LISTS = {kind.home: kind for kind in CONTENT_TYPES if not kind.is_pages}
_PROGRAMMERS_WORDS = ("Traceback", "Error(", "NoneType", "<class", "object at 0x", "pydantic", "ctx", "\x00")
# What spreadsheets, editors, mergers and mischief put into files.
PIECES: tuple[bytes, ...] = (
    b",", b";", b"\t", b'"', b"'", b'""', b"\n", b"\r\n", b"\r", b"\n\n", b":", b": ", b" #", b"- ", b"  ", b"---\n", b"...\n", b"|", b">", b"[", b"]", b"{",
    b"}", b"{{", b"}}", b"{%", b"%}", b"{#", b"&a", b"*a", b"!!python/object:x", b"!", b"%", b"@", b"`", b"~", b"null", b"yes", b"NO", b"0151", b"1e9",
    b"1_000", b"0x1f", b"-", b"=1+1", b"+44", b"1,234", b"74%", b"\xc2\xa3", b"31/02/2026", b"2026-02-31", b"9" * 30, b"nan", b"inf", b"-0", b"N/A", b"#REF!",
    b"\x00", b"\x1b", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xe2\x80\x8b", b"\xe2\x80\xae", b"\xe2\x80\x9c", b"\xc2\xa0", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"\x92", b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> x\n", b"<script>", b"</td>", b"<!--", b"&amp;", b"javascript:", b"](", b"![",
    b"\\", b"\\u0000", b"year: 2020", b"title: x\n", b"id: x\n", b"columns:\n", b"key: []\n", b"sep=;\n", b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0",
    b"not available", b"date not given", b"withheld", b"a" * 5000, b"\xf0\x9f\x98\x80", b"\xd9\xa1\xd9\xa2",
)  # fmt: skip


class Hang(BaseException):
    """A case took too long; no reader may catch it."""


@dataclass(frozen=True)
class Case:
    """One spoilt file."""

    number: int
    file: str
    data: bytes


@dataclass
class Tally:
    """What became of the cases."""

    outcomes: Counter[str] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.outcomes += other.outcomes
        self.found += other.found


@cache
def originals() -> tuple[tuple[str, bytes], ...]:
    """Files of every kind: all small ones of each site, and the first entries of long lists."""
    found: list[tuple[str, bytes]] = []
    for root in ROOTS:
        for path in sorted([*root.glob("data/*.yml"), *root.glob("data/tables/*"), *root.glob("docs/**/*.md"), *root.glob("docs/**/*.png")]):
            name, data = path.relative_to(root).as_posix(), path.read_bytes()
            if name in LISTS and len(data) > 2000:
                data = b"".join(data.partition(b"\n- ")[1:])[1:][:1500].rpartition(b"\n- ")[0] + b"\n"
            if 0 < len(data) < 4000:
                found.append((name, data))
    return tuple(found)


def case(number: int) -> Case:
    """The spoilt file of that number: always the same."""
    dice = random.Random(number)
    file, data = dice.choice(originals())
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        data = dice.choice(WAYS)(data, dice)
    return Case(number, file, data[:20_000])


def _spot(data: bytes, dice: random.Random) -> tuple[int, int]:
    begin = dice.randrange(len(data) + 1)
    return begin, min(len(data), begin + dice.choice((0, 1, 1, 2, 5, 20, 100)))


def _put_in(data: bytes, dice: random.Random) -> bytes:
    begin, end = _spot(data, dice)
    return data[:begin] + dice.choice(PIECES) * dice.choice((1, 1, 1, 2, 50)) + data[end if dice.random() < 0.5 else begin :]


def _take_out(data: bytes, dice: random.Random) -> bytes:
    begin, end = _spot(data, dice)
    return data[:begin] + data[end:]


def _flip(data: bytes, dice: random.Random) -> bytes:
    if not data:
        return bytes([dice.randrange(256)])
    place = dice.randrange(len(data))
    return data[:place] + bytes([dice.randrange(256)]) + data[place + 1 :]


def _lines(data: bytes, dice: random.Random) -> bytes:
    lines = data.split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    how = dice.randrange(5)
    if how == 0:
        lines[one], lines[other] = lines[other], lines[one]
    elif how == 1:
        lines.insert(one, lines[other])
    elif how == 2:
        del lines[one]
    elif how == 3:
        lines[one] = b" " * dice.randrange(9) + lines[one].lstrip()
    else:
        lines[one] += lines[other]
    return b"\n".join(lines)


def _cells(data: bytes, dice: random.Random) -> bytes:
    """A cell or value written as somebody else's program would."""
    signs = ((b",", b";"), (b",", b"\t"), (b"\n", b"\r\n"), (b"\n", b"\r"), (b"  ", b"\t"), (b": ", b":"))
    quotes = ((b'"', b"\xe2\x80\x9c"), (b"-", b"\xe2\x80\x93"), (b"'", b"\x92"))
    old, new = dice.choice(signs + quotes)
    return data.replace(old, new, dice.choice((1, 1, 3, -1)))


def _another(data: bytes, dice: random.Random) -> bytes:
    """A piece of another file, as in a merge that went wrong."""
    _, other = dice.choice(originals())
    begin, end = sorted((dice.randrange(len(other) + 1), dice.randrange(len(other) + 1)))
    place = dice.randrange(len(data) + 1)
    return data[:place] + other[begin:end] + data[place:]


def _saved_otherwise(data: bytes, dice: random.Random) -> bytes:
    try:
        return data.decode("utf-8").encode(dice.choice(("cp1252", "utf-16", "utf-8-sig", "utf-7", "latin-1", "utf-16-be")))
    except UnicodeError:
        return data[: len(data) // 2]


Way = Callable[[bytes, random.Random], bytes]
WAYS: tuple[Way, ...] = (_put_in, _put_in, _put_in, _take_out, _flip, _flip, _lines, _lines, _cells, _another, _saved_otherwise)


# Reading one case ------------------------------------------------------------------------------------------


def read(spoilt: Case, root: Path) -> str:
    """Reads one spoilt file as the check does. ``refused``, ``passed``, or what is wrong with how it was read."""
    path = root / spoilt.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(spoilt.data)
    loading = Loading(root)
    if path.suffix == ".png":
        carried_by(spoilt.data, ".png")
        return "passed"
    if spoilt.file in LISTS:
        load_list(loading, LISTS[spoilt.file], path)
    elif path.suffix == ".md":
        load_page(loading, path, spoilt.file.removeprefix("docs/"))
    else:
        other = path.with_suffix(".yml" if path.suffix == ".csv" else ".csv")
        partner = _partner(spoilt.file, other.name)
        if partner is None:  # a table that is made from others
            load_derived(loading, (path.stem,))
        else:
            if not other.exists():
                other.write_bytes(partner)
            load_table(loading, path.stem)
        if path.suffix == ".yml":
            path.unlink()  # the next case of this table's numbers needs its true description
    if loading.problems:
        return _bad_words(loading, spoilt) or "refused"
    return _changed(loading, spoilt, path) or "passed"


@cache
def _partner(file: str, name: str) -> bytes | None:
    """The other half of a table's two files; nothing where it has none."""
    for root in ROOTS:
        if (root / file).exists() and (root / TABLES / name).exists():
            return (root / TABLES / name).read_bytes()
    return None


def _bad_words(loading: Loading, spoilt: Case) -> str:
    last = spoilt.data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    tell(loading.problems), tell(loading.problems, "github"), tell(loading.problems, "json")
    for problem in loading.problems:
        own = problem.says + problem.fix
        for quoted in (spoilt.data.decode("utf-8", "replace"), spoilt.data.decode("cp1252", "replace")):
            own = own if quoted not in own else own.replace(quoted, "")
        if not problem.says.strip() or len(problem.fix) < 8:
            return f"bad words: {problem}"
        if problem.file == spoilt.file and problem.line is not None and not 1 <= problem.line <= last:
            return f"bad words: there is no such line: {problem}"
        if any(word in problem.fix for word in _PROGRAMMERS_WORDS):
            return f"bad words: {problem}"
    return ""


def _text_of(data: bytes) -> str:
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _changed(loading: Loading, spoilt: Case, path: Path) -> str:
    """How what was read differs from what Python's own readers find, or nothing."""
    text = _text_of(spoilt.data)
    if path.suffix == ".csv":
        return _changed_table(loading, spoilt, text)
    if path.suffix == ".md":
        front, _, body = text[text.index("\n") :].partition("\n---")
        page = loading.pages[spoilt.file.removeprefix("docs/")]
        found = _plain_yaml(front)
        body = body.partition("\n")[2]
        words = split_words(page.source.body) if page.meta.render_macros else [page.source.body]  # a page may show words as they are written
        pieces = "".join(piece if isinstance(piece, str) else "\0" for piece in words)
        if page.source.body != body or len(pieces.replace("\0", "")) > len(body):
            return "silent change: the text of the page"
        return "" if _same(page.source.front.value, found) else "silent change: the settings of the page"
    document = read_yaml(path, loading.root, []) if path.exists() else None
    return "" if document is None or _same(document.value, _plain_yaml(text)) else "silent change: the values of the list"


def _plain_yaml(text: str) -> object:
    """A list or settings as the YAML library itself reads them, every value as text."""
    loader: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(text, Loader=loader)


def _same(ours: object, plain: object) -> bool:
    if isinstance(ours, dict) and isinstance(plain, dict):
        return list(ours) == list(plain) and all(_same(ours[key], plain[key]) for key in ours)
    if isinstance(ours, list) and isinstance(plain, list):
        return len(ours) == len(plain) and all(map(_same, ours, plain))
    return (ours is None and plain in ("", "~", "null", None)) or ours == plain


def _changed_table(loading: Loading, spoilt: Case, text: str) -> str:
    table = loading.tables[Path(spoilt.file).stem]
    plain = list(csv.reader(io.StringIO(text, newline="")))
    rows = [[cell.text for cell in row.cells.values()] for row in table.rows_for_sums]
    if rows != plain[1:] or [column.name for column in table.about.columns] != plain[0]:
        return "silent change: the cells of the table"
    for row in table.rows_for_sums:
        for cell in row.cells.values():
            if isinstance(cell.value, Decimal) and cell.value != Decimal(cell.text):
                return f"silent change: {cell}"
            if isinstance(cell.value, date) and cell.value.isoformat() != cell.text:
                return f"silent change: {cell}"
            if isinstance(cell.value, str) and cell.value != cell.text:
                return f"silent change: {cell}"
    return ""


def _too_long(*_: object) -> None:
    raise Hang


def try_one(number: int, root: Path) -> str:
    """One case, its crash or hang caught."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return read(case(number), root)
    except Hang:
        return "hang: more than two seconds of the processor"
    except MemoryError:
        return "hang: more than a gigabyte"
    except Exception:
        return f"crash: {traceback.format_exc(limit=-3)}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


# Many of them ----------------------------------------------------------------------------------------------


def batch(first: int) -> Tally:
    """So many cases from a number on."""
    tally = Tally()
    signal.signal(signal.SIGPROF, _too_long)
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as folder:
        for number in range(first, first + BATCH):
            outcome = try_one(number, Path(folder))
            kind = outcome.partition(":")[0]
            tally.outcomes[kind] += 1
            if kind not in ("refused", "passed"):
                tally.found.append(f"case {number} ({case(number).file}): {outcome}")
    return tally


def many(count: int, first: int, seconds: float, jobs: int) -> Iterator[Tally]:
    """The cases from a number on, until there are enough or the time is up."""
    end = time.monotonic() + seconds
    with multiprocessing.Pool(jobs, initializer=_bounds) as pool:
        for tally in pool.imap_unordered(batch, range(first, first + count, BATCH)):
            yield tally
            if time.monotonic() > end:
                pool.terminate()
                return


def _bounds() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def main() -> int:
    """Runs, tells how far it is now and then, and ends with 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Broken files through the readers and models.")
    parser.add_argument("--count", type=int, default=1_000_000, help="how many files")
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--minutes", type=float, default=24 * 60.0, help="when to stop at the latest")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    parser.add_argument("--case", type=int, help="do one case again and show it")
    options = parser.parse_args()
    if options.case is not None:
        return _show(options.case)
    begun, told, whole = time.monotonic(), time.monotonic(), Tally()
    for tally in many(options.count, options.first, options.minutes * 60, options.jobs):
        whole.add(tally)
        for line in tally.found[:5]:
            print(line, flush=True)
        if time.monotonic() > told + 30:
            told = time.monotonic()
            print(f"{whole.outcomes.total():,} so far", flush=True)
    took = time.monotonic() - begun
    outcomes = ", ".join(f"{number:,} {kind}" for kind, number in sorted(whole.outcomes.items(), key=lambda pair: -pair[1]))
    print(f"{whole.outcomes.total():,} files in {took:,.0f} seconds: {outcomes}.")
    print(f"{len(whole.found)} to look at." if whole.found else "No crash, no hang, no silent change, no bad words.")
    return 1 if whole.found else 0


def _show(number: int) -> int:
    spoilt = case(number)
    print(f"{spoilt.file}\n{spoilt.data!r}\n")
    signal.signal(signal.SIGPROF, _too_long)
    with tempfile.TemporaryDirectory() as folder:
        print(try_one(number, Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
