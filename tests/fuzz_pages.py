"""A million texts like HTML through the Markdown converter and the last door: ``make fuzz-pages``, or ``python -m tests.fuzz_pages --count 10000``.

What passes is read as a browser reads it, by a parser that knows nothing of the door; anything in it that no page may hold is told, with
the text. Each text comes of its number alone, so a run can be repeated. Owns: the texts and the counting.
Never: part of ``make test``, which tries some thousands of such texts.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys

from macros.website.allowed_html import ELEMENTS, faults_in
from tests.test_allowed_html import ATTACKS, MARKS, assert_harmless, converted

BATCH = 500
WORDS = [*MARKS, *(f"<{name}" for name in ELEMENTS), *(f'<{name} class="a">' for name in ELEMENTS), *ATTACKS]


def text_of(number: int) -> str:
    """The text of a number: marks one after another, at times with a whole attack among them or cut in two."""
    chance = random.Random(number)
    pieces = [chance.choice(WORDS if chance.random() < 0.1 else MARKS) for _ in range(chance.randrange(1, 30))]
    return "".join(piece if chance.random() < 0.97 else piece[: chance.randrange(len(piece) + 1)] for piece in pieces)


def batch(first: int) -> tuple[int, list[str]]:
    """How many of so many texts passed the door, and those that should not have."""
    passed, found = 0, []
    for number in range(first, first + BATCH):
        text = text_of(number)
        for html in (converted(text), text):  # and as it would be if the converter changed nothing
            if any(faults_in(html)):
                continue
            passed += 1
            try:
                assert_harmless(html)
            except AssertionError as harm:
                found.append(f"text {number}: {text!r}\n  {html!r}\n  {harm}")
    return passed, found


def main() -> int:
    """Ends with 1 if anything harmful passed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz_pages", description="Texts like HTML through converter and door.")
    parser.add_argument("--count", type=int, default=1_000_000, help="how many texts")
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    options = parser.parse_args()
    through, harm = 0, []
    with multiprocessing.Pool(options.jobs) as pool:
        for passed, found in pool.imap_unordered(batch, range(options.first, options.first + options.count, BATCH)):
            through += passed
            harm += found
            for line in found[:3]:
                print(line, flush=True)
    print(f"{options.count:,} texts, each converted and as it is: {through:,} passed, {len(harm):,} of them harmful.")
    return 1 if harm else 0


if __name__ == "__main__":
    sys.exit(main())
