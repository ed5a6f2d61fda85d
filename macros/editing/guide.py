"""The pages of the editors' guide that are made from the machinery itself: settings, words, and messages.

Owns: turning models, the words of a page and the rules into Markdown. Never: says what no model or rule says.
"""

import inspect
import sys
from collections.abc import Iterator
from datetime import date

from macros.editing.kinds import Setting, settings_of
from macros.editing.templates import yaml_text
from macros.models import KINDS
from macros.models.words import WORDS
from macros.problems import Problem
from macros.rules import RULES, Rule
from macros.sources.csv_files import parse_csv
from macros.sources.pages import parse_page, words_of
from macros.sources.yaml_files import parse_yaml

_MADE = "`make schemas` writes it, so please do not change it by hand."
_FRONT = """---
title: {title}
description: {description}
audience: [editors]
themes: []
owner: business-team
written_on: {written_on}
review_by: {review_by}
sources: [general-guidance]
order: {order}
render_macros: no
---
"""


def settings_page(written_on: date, review_by: date) -> str:
    """Every kind of entry with its settings, and every word a page may hold."""
    about = yaml_text("Every setting of a page, table and list entry: what it is for, how it is written and whether it is needed.")
    front = _FRONT.format(title="Settings of every kind of entry", description=about, written_on=written_on, review_by=review_by, order=50)
    blocks = [
        "A setting stands on a line of its own: its name, a colon, a blank and its value.",
        "Put a value in double quotes if it holds a colon followed by a blank.",
        f"This page is made from the check's own rules, so the two are never out of step. {_MADE}",
    ]
    for kind in KINDS:
        blocks += [f"## {kind.title}", f"{kind.what_it_is} They are kept in `{kind.home}`."]
        for needed, heading in ((True, "Needed:"), (False, "May be left out:")):
            lines = [line for setting in settings_of(kind) if setting.needed == needed for line in _setting_lines(setting, "")]
            blocks += [heading, "\n".join(lines)] if lines else []
    says = "A word stands between two pairs of braces and shows something the site knows. Some need a line of their own, with a blank line above and below."
    words = [f"- `{word.example}` {word.shows}{' On a line of its own.' if word.block else ''}" for word in WORDS.values()]
    return front + "\n\n".join([*blocks, "## Words a page may hold", says, "\n".join(words)]) + "\n"


def _setting_lines(setting: Setting, indent: str) -> Iterator[str]:
    yield f"{indent}- `{setting.name}`: {_escaped(setting.help)}"
    for part in setting.parts:
        yield from _setting_lines(part, indent + "    ")


def _escaped(text: str) -> str:
    """Text as Markdown shows it: stars, bars, underscores and brackets are as they were."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>{}" else c for c in text)


# One mistake of each sort that people make when a file is saved or typed; the messages below them are what
# the check really says about it.
_SPOILT: tuple[tuple[str, str, str], ...] = (
    ("A comma inside a number", "csv", "year,referrals\n2022/23,1,234\n"),
    ("A table saved with semicolons", "csv", "year;referrals\n2022/23;1234\n"),
    ("A quotation mark that is never closed", "csv", 'name,number\n"Hilltop,12\n'),
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


def messages_page(written_on: date, review_by: date) -> str:
    """Every rule of the check in its own words, and what it says to the mistakes that are made most."""
    about = yaml_text("Every rule that the check holds a change to, in plain words, and what it says about the mistakes that are made most.")
    blocks = [
        "A message says where something is, what was found, and how to fix it. Messages that begin with Advice stop nothing.",
        f"This page is made from the check itself. {_MADE}",
        "## Rules",
    ]
    for rule in RULES:
        title, says = rule_in_words(rule)
        blocks += [f"### {title}", _escaped(says)]
    says = "Each setting has its own way of being written. The message says what was found and how to write it."
    blocks += ["## Settings that do not fit", f"{says} There is a [list of all settings](settings.md).", "## Files that cannot be read"]
    for title, kind, text in _SPOILT:
        problem = _first_problem(kind, text)
        shown = "\n".join(f"    {line}".rstrip() for line in text.rstrip("\n").replace("\t", "⇥").split("\n"))
        blocks += [f"### {title}", shown, f"> {_escaped(problem.says)} To fix: {_escaped(problem.fix)}"]
    front = _FRONT.format(title="What each message means", description=about, written_on=written_on, review_by=review_by, order=60)
    return front + "\n\n".join(blocks) + "\n"


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
