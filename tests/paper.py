"""What is wrong with sheets of paper: print too small to read, words beyond the edge, sheets left nearly empty.

Owns: measuring a PDF, whichever program made it. Never: makes one.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pypdf import PageObject, PdfReader

SMALLEST = 9.0  # points
FULL = 0.6  # so far down, as a part of its height, goes every sheet but the last
FEWEST = 3  # lines, on the last one
FOOT = 40  # points: what is lower is the number of the sheet, not its text


@dataclass(frozen=True)
class Words:
    """Words printed in one go. Lengths are in points, from the left and from the foot of the sheet."""

    x: float
    y: float
    size: float
    said: str


@dataclass(frozen=True)
class Sheet:
    """One side of paper."""

    width: float
    height: float
    text: str
    words: tuple[Words, ...]


@cache
def sheets(pdf: Path | bytes) -> tuple[Sheet, ...]:
    """What is printed on each sheet of a PDF that does not change any more; it is read once."""
    return tuple(map(_read, PdfReader(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf).pages))


def _read(page: PageObject) -> Sheet:
    found = []

    def note(said: str, ctm: list[float], matrix: list[float], _font: object, size: float) -> None:
        if said.strip():
            x, y = (ctm[at] * matrix[4] + ctm[at + 2] * matrix[5] + ctm[at + 4] for at in (0, 1))
            found.append(Words(x, y, abs(size * matrix[3] * ctm[3]), said.strip()))

    text = page.extract_text(visitor_text=note)
    return Sheet(float(page.mediabox.width), float(page.mediabox.height), text, tuple(found))


def usual_size(pdf: Path | bytes) -> float:
    """The size of print, in points, in which most of its letters are."""
    sizes: Counter[float] = Counter()
    for words in [words for sheet in sheets(pdf) for words in sheet.words]:
        sizes[round(words.size, 1)] += len(words.said)
    return sizes.most_common(1)[0][0]


def faults_on_paper(pdf: Path | bytes) -> list[str]:
    """What is wrong, sheet by sheet; nothing where all is well."""
    found = []
    for number, sheet in enumerate(sheets(pdf), 1):
        found += [f"sheet {number}: {words.size:.1f} points: {words.said}" for words in sheet.words if words.size < SMALLEST - 0.05]
        beyond = [words.said for words in sheet.words if not (0 < words.x < sheet.width and 0 < words.y < sheet.height)]
        found += [f"sheet {number}: beyond the edge: {said}" for said in beyond]
        lines = {round(words.y) for words in sheet.words if words.y > FOOT}
        used = 1 - min(lines, default=sheet.height) / sheet.height
        if number < len(sheets(pdf)) and used < FULL:
            found.append(f"sheet {number} of {len(sheets(pdf))} ends after {used:.0%}")
        if number == len(sheets(pdf)) > 1 and len(lines) < FEWEST:
            found.append(f"sheet {number}, the last, has {len(lines)} lines")
    return found
