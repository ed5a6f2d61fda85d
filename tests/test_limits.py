"""Every check ends: what grows without end is refused in words, and what takes too long is stopped and named.

The limits of pages are tried with one thing over and over, as often as the reader lets it through: what it lets through is turned into HTML in time.
"""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros import __main__ as door
from macros import rules
from macros.check import SECONDS, OutOfTime, check, time_limit
from macros.content import reading
from macros.content.catalogue import Catalogue
from macros.problems import Problem, nearest, nearest_path
from macros.rules import privacy
from macros.sources.csv_files import parse_csv
from macros.sources.pages import LONGEST, too_much
from tests.mistakes_corpus import TODAY
from tests.test_allowed_html import converted
from tests.time_limit import ends_within
from tests.whole_sites import copy_small_site

ENOUGH = 20  # seconds of computing; none takes three, and without the limits each of these takes minutes or ends in a RecursionError


def page_of(body: str) -> bool:
    return len(body) <= LONGEST and too_much(body, 4) is None


@pytest.mark.parametrize("between", ["", "\n"])
@pytest.mark.parametrize(
    "piece",
    ["[", "![", "[a](", "[[]", "[a][", "[a](b \"", "1. ", "- ", "> ", "1. a\n    ", "> > ", "* - ", "```\n", "~~~\n", "=== \"a\"\n    ", "!!! note\n    ", "a\n: b\n", ": ", "<http://a", "<a",
     "---\n", "# a\n", "=\n", "a\n=\n", "|a|b\n|-|-\n", "[^a]: b\n", "[a]: /b\n[a]", "**a", "- [ ] "],
)  # fmt: skip
def test_what_the_reader_lets_through_is_turned_into_html_in_time(piece: str, between: str) -> None:
    few, many = 0, 200_000 // len(piece + between)
    with ends_within(ENOUGH, piece):
        while few < many:
            middle = (few + many + 1) // 2
            few, many = (middle, many) if page_of((piece + between) * middle) else (few, middle - 1)
        assert few > 3, "an ordinary page has some of each"
        converted((piece + between) * few)


def test_lists_that_stand_ever_deeper_are_refused_however_they_are_set() -> None:
    deeper = ["\n".join(f"{'    ' * depth}- a" for depth in range(levels)) for levels in (8, 30)]
    assert [page_of(text) for text in deeper] == [True, False]
    for sign in ("1. ", "1) ", "- ", "+ ", "* ", "> ", ">", " > ", "> - ", ": "):
        assert not page_of(sign * 700) and page_of(sign * 4), sign
    assert page_of("```\n" + " " * 80 + "deep in an example of code\n```")
    assert page_of(f"`{'c' * 80}` begins this line.")


def test_private_text_is_looked_for_in_time() -> None:
    for piece in (
        "\n|a|\n|-|",
        "|a|b\n|-|-\n",
        "|DOB|\n|-|\n",
        "born ",
        "dob 1 ",
        "Mr A ",
        "aged 1 ",
        "14y ",
        "A girl at ",
        "St A ",
        "A b ",
        "0 1 ",
        "&",
        "&#",
        "_a",
        "a_",
        "(at",
        " at a.",
        "\\x4",
    ):
        text = piece * (30_000 // len(piece))
        with ends_within(ENOUGH, piece):
            for runs_on in (True, False):
                privacy._forms_in(text, runs_on)
            list(privacy._below_births("docs/a.md", text, {}))


@pytest.mark.parametrize("piece", ["Ring 07700 900123.\n", "Ring 07700 900123. ", "Ring &#48;7700 900123.\n\n", "| Ring 07700 900123 |\n"])
def test_private_text_in_thousands_is_told_in_time(small_catalogue: Catalogue, piece: str) -> None:
    known = privacy._Known(small_catalogue)
    with ends_within(ENOUGH, piece):
        assert len(list(privacy._look_through(known, "docs/a.md", piece * (200_000 // len(piece))))) == 21


def test_names_of_any_length_are_compared_in_time() -> None:
    known = [f"/topics/{'kite' * (number % 9)}-{number}/" for number in range(500)] + ["k" * 100_000]
    with ends_within(ENOUGH, "names"):
        for name in ("k" * 60_000, "kite-" * 12_000, "/topics/" * 8_000):
            nearest(name, known)
            nearest_path(name, known)
    assert nearest("kite", ["kites"]) and nearest_path("/topics/kite/", ["/topics/kites/"])


def test_a_table_has_an_end() -> None:
    problems: list[Problem] = []
    with ends_within(ENOUGH, "cells"):
        assert parse_csv(",".join(f"c{n}" for n in range(90)) + ("\n" + ",".join(["1"] * 90)) * 12_000, "a.csv", problems) is None
        assert parse_csv("a,b\n" + "1,2\n" * 40_000, "a.csv", []) is not None
    assert [problem.says for problem in problems] == ["The table has 1,080,090 cells; the most allowed are 1,000,000."]


@pytest.mark.parametrize(
    "text", ["k" * 60_000, "kite " * 12_000, "kite\n\n" * 1_200, "[kite](" + "k" * 8_000 + ")", "- kite\n" * 400], ids=lambda text: text[:9]
)
def test_a_change_of_sixty_thousand_letters_is_told_in_time(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = copy_small_site(tmp_path / "before"), copy_small_site(tmp_path / "after")
    for root, body in ((before, text), (after, text[: len(text) // 2] + "x" + text[len(text) // 2 :])):
        with (root / "docs/topics/kites.md").open("a", encoding="utf-8") as page:
            page.write(f"\n{body}\n")
    with ends_within(ENOUGH, text[:9]):
        assert door.main(["changes", str(before), str(after)]) == 0
    assert len(capsys.readouterr().out) > 20


# The limit on time ------------------------------------------------------------------------------------------


def stuck_in_a_pattern(catalogue: Catalogue) -> Iterator[Problem]:
    for file, text in catalogue.texts.items():
        if file == "data/contacts.yml" and re.match(r"(a+)+\Z", "a" * 60 + text[:1]):
            yield from ()


def stuck_and_deaf(catalogue: Catalogue) -> Iterator[Problem]:
    for table in catalogue.tables.values():
        while table.id == "kite-clubs":
            try:
                sum(range(1000))
            except Exception:
                continue
    yield from ()


@pytest.mark.parametrize(("rule", "file"), [(stuck_in_a_pattern, "data/contacts.yml"), (stuck_and_deaf, "data/tables/kite-clubs.csv")])
def test_a_check_that_would_never_end_is_stopped_and_says_where_it_stood(
    rule: rules.Rule, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = copy_small_site(tmp_path)
    monkeypatch.setenv(SECONDS, "3")
    monkeypatch.setattr(rules, "RULES", (rule,))
    monkeypatch.setitem(globals(), "__name__", "macros.rules.kite_strings")
    assert door.main(["check", str(site)]) == 1
    told = capsys.readouterr()
    assert told.out.startswith(f"{file}\n  The check was stopped after 3 seconds, as it was at this file, in the rule on kite strings.\n  To fix: ")
    assert "Traceback" not in told.out + told.err
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_reading_that_would_never_end_is_stopped_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    site = copy_small_site(tmp_path)
    real = reading.links_of

    def stuck(source: object) -> object:
        while getattr(source, "file", "") == "docs/topics/puddles.md":
            pass
        return real(source)  # type: ignore[arg-type]  # whatever it was given

    monkeypatch.setenv(SECONDS, "2")
    monkeypatch.setattr(reading, "links_of", stuck)
    catalogue, problems = check(site, TODAY)
    assert not catalogue.pages and [(p.file, p.says) for p in problems] == [
        ("docs/topics/puddles.md", "The check was stopped after 2 seconds, as it was at this file.")
    ]
    for command in (["check"], ["build"], ["changes", str(site)]):
        assert door.main([*command, str(site)]) == 1, command
        told = capsys.readouterr()
        assert "docs/topics/puddles.md" in told.out and "Traceback" not in told.out + told.err


def test_the_limit_is_one_for_all_and_holds_in_the_main_thread_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECONDS, "0.2")
    with pytest.raises(OutOfTime), time_limit(tmp_path), time_limit(tmp_path):
        while True:
            pass
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.append(f"{check(copy_small_site(tmp_path), TODAY)[1]}"))
    thread.start()
    thread.join()
    assert "stopped after" not in said[0], "another thread cannot be stopped, and is not broken by trying"
