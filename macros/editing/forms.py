"""GitHub's issue forms: made from the models, and read back into entries.

Owns: which kinds have a form, its questions, and turning an answered form into one new file. What a form
holds is a stranger's text: it is only ever quoted, cut to length and written; the check judges it afterwards.
Never: runs or follows anything in an answer, or chooses a path from it beyond letters, digits and hyphens.
"""

import re
import unicodedata
from datetime import date
from typing import Any

from macros.editing.kinds import Setting, settings_of
from macros.editing.new import NewFile
from macros.editing.templates import Value, as_id, template
from macros.models import BY_NAME
from macros.models.base import ContentType

PROPOSED = {"session": "Propose a training session", "news": "Propose a news item"}
# Settings that the site fills in itself; a person who proposes something need not know them.
_FILLED_IN = ("id", "owner", "written_on", "review_by", "reviewed", "order", "contents", "render_macros")
_LONG = ("summary", "description", "says", "note", "meaning", "holds")
_NO_ANSWER = "_No response_"
_MOST = 20_000  # characters of one answer; a news item has some 2,000
_TEXT = "The text"
Form = dict[str, Any]
_DANGER: Form = {
    "type": "markdown",
    "attributes": {
        "value": "This page is public. **Never write anything that could tell somebody who a child or family is.**\n\n"
        "If a child is in danger, ring 999. If you are worried about a child, the website says whom to ring.\n"
    },
}


def forms() -> dict[str, Form]:
    """Every form by its file's name below .github/ISSUE_TEMPLATE/."""
    return {"out-of-date.yml": _out_of_date(), **{f"{name}.yml": _proposal(BY_NAME[name]) for name in PROPOSED}}


def chooser(site: str) -> Form:
    """What GitHub shows before a form: there are no issues without one, and the guide is a step away."""
    return {
        "blank_issues_enabled": False,
        "contact_links": [{"name": "Add a page, table or list entry", "url": f"{site}/contribute/", "about": "The guide says how, step by step."}],
    }


def _question(kind: str, name: str, label: str, needed: bool, **more: Any) -> Form:
    return {"type": kind, "id": name, "attributes": {"label": label, **more}, "validations": {"required": needed}}


def _out_of_date() -> Form:
    document = "A document or public page that says so. What no document says cannot be published."
    return {
        "name": "Report something out of date",
        "description": "A page, number, link or contact that is wrong or old",
        "title": "Out of date: ",
        "labels": ["out of date"],
        "body": [
            _DANGER,
            _question("input", "page", "Which page?", True, description="Its address, copied from the top of the browser."),
            _question("textarea", "wrong", "What does it say now?", True),
            _question("textarea", "right", "What should it say?", False),
            _question("input", "source", "How do you know?", False, description=document),
        ],
    }


def _proposal(kind: ContentType) -> Form:
    return {
        "name": PROPOSED[kind.name],
        "description": f"{kind.title}: a team member's form becomes a proposed change to the site",
        "title": f"{kind.title}: ",
        "labels": [label_of(kind)],
        "body": [_DANGER, *(_asked(setting) for setting in _questions(kind))],
    }


def label_of(kind: ContentType) -> str:
    """The label by which a form's issue is known."""
    return f"proposal: {kind.name}"


def _questions(kind: ContentType) -> list[Setting]:
    settings = [setting for setting in settings_of(kind) if setting.name not in _FILLED_IN]
    settings.sort(key=lambda s: (s.name != "title", not s.needed))
    if kind.is_pages:
        settings.append(Setting(_TEXT, "What the page says. Short paragraphs and plain words.", "text", True))
    return settings


def _label(setting: Setting) -> str:
    words = setting.name.replace("_", " ")
    return words[0].upper() + words[1:]


def _asked(setting: Setting) -> Form:
    name, label = re.sub(r"[^a-z]", "-", setting.name.lower()), _label(setting)
    if setting.options:
        several = {"multiple": True} if setting.many else {}
        return _question("dropdown", name, label, setting.needed, description=setting.says, options=list(setting.options), **several)
    says = setting.help
    if setting.many:
        says = f"{setting.says} {'With commas between.' if setting.names else 'One a line.'}"
    kind = "textarea" if setting.name in (_TEXT, *_LONG) or (setting.many and not setting.names) else "input"
    return _question(kind, name, label, setting.needed, description=says)


class CannotRead(ValueError):
    """Why an issue cannot be turned into an entry, said to the person who wrote it."""


def proposal(body: str, labels: list[str], number: int, today: date) -> tuple[NewFile, str]:
    """The new file that an answered form asks for, and the title it is to have.

    Raises:
        CannotRead: the issue is not one of our forms, or has no usable title.
    """
    kind = next((BY_NAME[name] for name in PROPOSED if label_of(BY_NAME[name]) in labels), None)
    if kind is None:
        raise CannotRead("This issue was not made with one of the forms for proposals.")
    answers = answers_in(body, kind)
    title = str(answers.get("title", ""))
    name = as_id(title)
    if not name:
        raise CannotRead("The title needs letters or digits, because the entry's address is made from it.")
    text = str(answers.pop(_TEXT, ""))
    values: dict[str, Value] = {key: value for key, value in answers.items() if value}
    if kind.is_pages:
        month = re.match(r"\d{4}-\d{2}", str(values.get("published", ""))) if kind.name == "news" else None
        path = f"{kind.home}{f'{month.group()}-' if month else ''}{name}.md"  # news files begin with their month, as those that are there do
        return NewFile(path, template(kind, today, values, body=f"{text}\n" if text else "")), title
    path = f"{kind.home.removesuffix('.yml')}/form-{number}.yml"
    return NewFile(path, template(kind, today, {"id": name, **values})), title


def answers_in(body: str, kind: ContentType) -> dict[str, Value]:
    """The answers by setting. Only the form's own headings, in the form's order, divide the text; another heading is part of an answer."""
    waiting = {_label(setting): setting for setting in _questions(kind)}
    found: list[tuple[Setting, list[str]]] = []
    for line in body.replace("\r\n", "\n").split("\n"):
        label = line.removeprefix("### ") if line.startswith("### ") else ""
        if label in waiting:
            found.append((waiting[label], []))
            labels = list(waiting)
            waiting = {name: waiting[name] for name in labels[labels.index(label) + 1 :]}
        elif found:
            found[-1][1].append(line)
    answers: dict[str, Value] = {}
    for setting, lines in found:
        clean = _clean("\n".join(lines))
        if clean and clean != _NO_ANSWER:
            if setting.many:
                entries = re.split(r"[,\n]", clean) if setting.names or setting.options else clean.split("\n")
                answers[setting.name] = [entry for entry in (" ".join(entry.removeprefix("- ").split()) for entry in entries) if entry]
            else:
                answers[setting.name] = clean if setting.name == _TEXT else " ".join(clean.split())
    return answers


def _clean(answer: str) -> str:
    """Text without characters that hide or reorder it, and not endless."""
    kept = "".join(c for c in answer[:_MOST] if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))
    return kept.replace("\t", " ").replace("\u00a0", " ").strip()
