"""The pages of the editors' guide that are made from the machinery itself: settings, words, and messages.

Owns: turning models, the words of a page and the rules into Markdown. Never: says what no model or rule says.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from datetime import date

from macros.editing.kinds import Setting, help_on, settings_of
from macros.editing.templates import yaml_text
from macros.models import KINDS
from macros.models.words import WORDS
from macros.problems import Problem
from macros.rules import RULES, Rule
from macros.sources.csv_files import parse_csv
from macros.sources.pages import parse_page, words_of
from macros.sources.yaml_files import parse_yaml

_MADE = "`make schemas` writes it, so please do not change it by hand."


def _page(title: str, description: str, reviewed: tuple[date, date], order: int, lines: Iterator[str]) -> str:
    front = f"""---
title: {title}
description: {yaml_text(description)}
audience: [editors]
themes: []
owner: business-team
reviewed_on: {reviewed[0].isoformat()}
review_by: {reviewed[1].isoformat()}
sources: [general-guidance]
order: {order}
render_macros: no
---
"""
    return front + "\n".join(lines).replace("\n\n\n", "\n\n").rstrip("\n") + "\n"


def settings_page(reviewed: tuple[date, date]) -> str:
    """Every kind of entry with its settings, and every word a page may hold."""
    return _page(
        "Settings of every kind of entry",
        "Every setting of a page, table and list entry: what it is for, how it is written and whether it is needed.",
        reviewed,
        50,
        _settings_lines(),
    )


def _settings_lines() -> Iterator[str]:
    yield "A setting stands on a line of its own: its name, a colon, a blank and its value."
    yield ""
    yield "Put a value in double quotes if it holds a colon followed by a blank."
    yield ""
    yield f"This page is made from the check's own rules, so the two are never out of step. {_MADE}"
    yield ""
    for kind in KINDS:
        yield f"## {kind.title}"
        yield ""
        yield f"{kind.what_it_is} They are kept in `{kind.home}`."
        yield ""
        for needed, heading in ((True, "Needed:"), (False, "May be left out:")):
            chosen = [setting for setting in settings_of(kind) if setting.needed == needed]
            if chosen:
                yield heading
                yield ""
                for setting in chosen:
                    yield from _setting_lines(setting, "")
                yield ""
    yield "## Words a page may hold"
    yield ""
    yield "A word stands between two pairs of braces and shows something the site knows. Some need a line of their own, with a blank line above and below."
    yield ""
    for word in WORDS.values():
        yield f"- `{word.example}` {word.shows}{' On a line of its own.' if word.block else ''}"


def _setting_lines(setting: Setting, indent: str) -> Iterator[str]:
    yield f"{indent}- `{setting.name}`: {_escaped(help_on(setting))}"
    for part in setting.parts:
        yield from _setting_lines(part, indent + "    ")


def _escaped(text: str) -> str:
    """Text as Markdown shows it: stars, bars, underscores and brackets stand as they are."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>{}" else c for c in text)


# What each message means -----------------------------------------------------------------------------------

# One mistake of each sort that people make when a file is saved or typed; the messages below them are what
# the check really says about it.
_SPOILT: tuple[tuple[str, str, str], ...] = (
    ("A comma inside a number", "csv", "year,referrals\n2022/23,1,234\n"),
    ("A table saved with semicolons", "csv", "year;referrals\n2022/23;1234\n"),
    ("A quotation mark that is never closed", "csv", 'name,number\n"Crewe,12\n'),
    ("A cell with a spreadsheet's error", "csv", "year,referrals\n2022/23,#REF!\n"),
    ("A formula in place of a number", "csv", "year,referrals\n2022/23,=B2+B3\n"),
    ("A colon inside a value", "yaml", "title: Child L: a review\n"),
    ("A remark after a value", "yaml", "place: page 4 # check this\n"),
    ("The same setting twice", "yaml", "title: One\ntitle: Two\n"),
    ("A line that is set in by a tab", "yaml", "- id: one\n\ttitle: One\n"),
    ("A quotation mark that is never closed in a list", "yaml", 'title: "Child L\nkind: review\n'),
    ("A page without settings", "page", "The text begins at once.\n"),
    ("Settings that are never closed", "page", "---\ntitle: Child L\n\nThe text.\n"),
    ("A word without brackets", "page", "---\ntitle: One\n---\n{{ glossary }}\n"),
    ("A word whose name has no quotation marks", "page", "---\ntitle: One\n---\n{{ table(website-views) }}\n"),
)


def messages_page(reviewed: tuple[date, date]) -> str:
    """Every rule of the check in its own words, and what it says to the mistakes that are made most."""
    return _page(
        "What each message means",
        "Every rule that the check holds a change to, in plain words, and what it says about the mistakes that are made most.",
        reviewed,
        60,
        _messages_lines(),
    )


def _messages_lines() -> Iterator[str]:
    yield "A message says where something is, what was found, and how to fix it. Messages that begin with Advice stop nothing."
    yield ""
    yield f"This page is made from the check itself. {_MADE}"
    yield ""
    yield "## Rules"
    yield ""
    for rule in RULES:
        title, says = rule_in_words(rule)
        yield f"### {title}"
        yield ""
        yield _escaped(says)
        yield ""
    yield "## Settings that do not fit"
    yield ""
    yield "Each setting has its own way of being written. The message says what was found and how to write it. There is a [list of all settings](settings.md)."
    yield ""
    yield "## Files that cannot be read"
    yield ""
    for title, kind, text in _SPOILT:
        problem = _first_problem(kind, text)
        yield f"### {title}"
        yield ""
        yield "\n".join(f"    {line}".rstrip() for line in text.rstrip("\n").replace("\t", "⇥").split("\n"))
        yield ""
        yield f"> {_escaped(problem.says)} To fix: {_escaped(problem.fix)}"
        yield ""


def rule_in_words(rule: Rule) -> tuple[str, str]:
    """A rule's title (from its file) and what it asks (its docstring)."""
    module = sys.modules[rule.__module__]
    title = (module.__doc__ or "").split("\n\n")[0].removeprefix("Rule: ").replace("\n", " ").strip().rstrip(".")
    return title[:1].upper() + title[1:], " ".join(inspect.getdoc(rule).split()) if rule.__doc__ else ""  # type: ignore[union-attr]


def _first_problem(kind: str, text: str) -> Problem:
    problems: list[Problem] = []
    if kind == "csv":
        parse_csv(text, "data/tables/example.csv", problems)
    elif kind == "yaml":
        parse_yaml(text, "data/example.yml", problems)
    else:
        page = parse_page(text, "docs/example.md", problems)
        if page:
            words_of(page, problems, WORDS)
    return problems[0]
