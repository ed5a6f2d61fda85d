"""GitHub's issue forms: made from the models and the data, looked through for private text, and read back into entries.

Owns: which kinds have a form, its questions, what is answered under an issue, and turning an answered form into one new file. What an issue
holds is a stranger's text: it is looked through before anything else, only ever quoted, cut to length and written; the check judges it afterwards.
Never: repeats private text, runs or follows anything in an answer, or chooses a path from it beyond letters, digits and hyphens.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from macros.content.catalogue import Catalogue
from macros.editing import Refused
from macros.editing.kinds import Setting, settings_of
from macros.editing.quoting import prose
from macros.editing.templates import PLACES, Value, as_id, template
from macros.models import BY_NAME
from macros.models.base import ContentType, references_in
from macros.problems import Problem
from macros.rules import privacy

PROPOSED = {"session": "Propose a training session", "event": "Propose an event", "news": "Propose a news item"}
MOVE = "proposal: move"  # the label of the form that moves a page
_MOVED = (
    Setting("page", "Its address now, copied from the top of the browser.", "text", True),
    Setting("new_address", "Where it is to be: small letters, digits and hyphens, such as /training/learning-weeks/.", "text", True),
)
# Settings that the site fills in itself; a person who proposes something need not know them.
_FILLED_IN = (
    *("id", "written_on", "review_by", "reviewed", "order", "contents", "render_macros", "announced_on", "status", "moved_to"),
    *("from", "until", "replaced_by"),
)
_LONG = ("summary", "description", "says", "note", "meaning", "holds")
_NO_ANSWER = ("_No response_", "None")
_MOST = 20_000  # characters of one answer; a news item has some 2,000
_TEXT = "The text"
Form = dict[str, Any]
Lists = Callable[[str], Sequence[str]]  # the ids that there are of a content type
FORMS = ".github/ISSUE_TEMPLATE"
TEAM = ("OWNER", "MEMBER", "COLLABORATOR")  # how GitHub calls those who belong to a repository
HELP = "worried-about-a-child"  # the page that says whom to ring
_IN_DANGER = "If a child is in danger now, ring 999. Otherwise [Worried about a child?]({site}/" + HELP + "/) says whom to ring, by day and by night."
_TOP = f"""\
**Are you worried about a child? Do not write it here: everybody can read this page.** {_IN_DANGER}

Never write anything that could tell somebody who a child or family is. Leave out telephone numbers, e-mail addresses and postcodes too: \
a form that seems to hold something private is taken out of sight and goes no further.
"""
ANSWERS = {  # under an issue that is not read any further, by what it is; {site} is the site's address
    "private": f"""\
**Something here could tell who a person is, so the text was taken out of sight.** It may have been meant well. It was read no further and copied nowhere.

{_IN_DANGER} Nobody answers worries about a child here. To tell us of a mistake on the site, please begin again without numbers, addresses or ages.

For the team:

1. Delete this whole issue today: “Delete issue”, at the foot of the column on the right, for those who administer the repository. \
Until then earlier versions can be read under “edited”. GitHub has also sent the text by e-mail to those who follow the repository; delete that too.
2. If it is about a child, treat it as any worry that reaches you: ring the number on the page above today, and do not write about it on GitHub.
3. Tell the business team that there was something, without repeating it. They tell the data protection officer.
""",
    "stranger": f"""\
Thank you. Somebody of the team reads what is written here, often only after some days. Only the team's own forms become changes by themselves.

If you are worried about a child, please do not wait for us and do not write it here. {_IN_DANGER}

For anything else, the [contact page]({{site}}/contact/) says where to turn.
""",
}


def forms(lists: Lists, site: str) -> dict[str, Form]:
    """Every form by its file's name below .github/ISSUE_TEMPLATE/."""
    top: Form = {"type": "markdown", "attributes": {"value": _TOP.format(site=site)}}
    made = {"out-of-date.yml": _out_of_date(), "move.yml": _move(lists), **{f"{name}.yml": _proposal(BY_NAME[name], lists) for name in PROPOSED}}
    return {name: {**form, "body": [top, *form["body"]]} for name, form in made.items()}


def chooser(site: str) -> Form:
    """What GitHub shows before a form: where to turn about a child comes first, and there are no issues without a form."""
    worried = "Do not write it here: everybody can read it. In danger now, ring 999. This page says whom to ring."
    links = (("Worried about a child?", HELP, worried), ("Add a page, table or list entry", "contribute", "The guide says how, step by step."))
    return {"blank_issues_enabled": False, "contact_links": [{"name": name, "url": f"{site}/{page}/", "about": about} for name, page, about in links]}


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
            _question("input", "page", "Which page?", True, description="Its address, copied from the top of the browser."),
            _question("textarea", "wrong", "What does it say now?", True),
            _question("textarea", "right", "What should it say?", False),
            _question("input", "source", "How do you know?", False, description=document),
        ],
    }


def _move(lists: Lists) -> Form:
    about = "Its links are rewritten and its old address leads on: a team member's form becomes a proposed change"
    body = [_asked(setting, lists) for setting in _MOVED]
    return {"name": "Move or rename a page", "description": about, "title": "Move: ", "labels": [MOVE], "body": body}


def _proposal(kind: ContentType, lists: Lists) -> Form:
    return {
        "name": PROPOSED[kind.name],
        "description": f"{kind.title}: a team member's form becomes a proposed change to the site",
        "title": f"{kind.title}: ",
        "labels": [label_of(kind)],
        "body": [_asked(setting, lists) for setting in _questions(kind)],
    }


def label_of(kind: ContentType) -> str:
    """The label by which a form's issue is known."""
    return f"proposal: {kind.name}"


def _questions(kind: ContentType) -> list[Setting]:
    settings = [setting for setting in settings_of(kind) if setting.name not in _FILLED_IN]
    settings.sort(key=lambda s: (s.name != "title", not s.needed, PLACES.get(s.name, 0)))
    if kind.is_pages:
        settings.append(Setting(_TEXT, "What the page says. Short paragraphs and plain words.", "text", True))
    return settings


def _label(name: str) -> str:
    words = name.replace("_", " ")
    return words[0].upper() + words[1:]


def _asked(setting: Setting, lists: Lists) -> Form:
    name, label = re.sub(r"[^a-z]", "-", setting.name.lower()), _label(setting.name)
    if options := setting.options or lists("owner" if setting.name == "owner" else setting.names):
        several = {"multiple": True} if setting.many else {}
        return _question("dropdown", name, label, setting.needed, description=setting.says, options=list(options), **several)
    says = setting.help
    if setting.many:
        says = f"{setting.says} {'With commas between.' if setting.names else 'One a line.'}"
    kind = "textarea" if setting.name in (_TEXT, *_LONG) or (setting.many and not setting.names) else "input"
    return _question(kind, name, label, setting.needed, description=says)


def old_lists(catalogue: Catalogue) -> Iterator[Problem]:
    """Advice on each form that offers other sources, events or themes than there are. (Where some could not be read, nobody knows.)"""
    for name in () if catalogue.lost else PROPOSED:
        file = catalogue.root / FORMS / f"{name}.yml"
        offered = re.findall(r"options:\n((?:\s+- .*\n)+)", file.read_text(encoding="utf-8")) if file.is_file() else []
        lists = [tuple(line.strip(" -'") for line in block.splitlines()) for block in offered]
        model = BY_NAME[name].model
        kinds = [kind for field, kind in references_in(model) if field not in _FILLED_IN] + ["owner"] * ("owner" in model.model_fields)
        if lists and any(known not in lists for kind in kinds if (known := catalogue.names(kind))):
            fix = "Nothing needs to be done: Upkeep makes them again on Monday. On a computer, `make schemas` does."
            yield Problem(f"{FORMS}/{name}.yml", None, "The lists of this form are no longer those of data/.", fix, severity="warning")


def is_private(catalogue: Catalogue, *texts: str) -> bool:
    """Whether the site's own rule for private text finds something in an issue, as it is or without what hides in it. What it was is nobody's to know."""
    issue = "the issue"
    text = "\n\n".join([*texts, *map(_clean, texts)]).replace("\r\n", "\n")
    return any(problem.file == issue for problem in privacy.check(replace(catalogue, texts={issue: text})))


def answer_with(problems: Iterable[Problem], file: str) -> str:
    """What is said under a form that cannot become a change yet, question by question."""
    lines = []
    for problem in problems:
        where = _label(problem.field or _TEXT) if problem.file == file else problem.where
        lines.append(f"- **{prose(where)}**: {prose(f'{problem.says} To fix: {problem.fix}')}")
    how = "Choose the three dots at the top of the form, then “Edit”. Put these right and save: the form is read again by itself."
    return "\n".join([f"This cannot become a change yet. {how}", "", *dict.fromkeys(lines)])


def proposal(body: str, labels: list[str], number: int, today: date) -> tuple[str, str, str]:
    """The path and the text of the new file that an answered form asks for, and the title it is to have.

    Raises Refused where the issue is not one of our forms, or has no usable title.
    """
    kind = next((BY_NAME[name] for name in PROPOSED if label_of(BY_NAME[name]) in labels), None)
    if kind is None:
        raise Refused("This issue was not made with one of the forms for proposals.")
    answers = answers_in(body, _questions(kind))
    title = str(answers.get("title", ""))
    name = as_id(title)
    if not name:
        raise Refused("The title needs letters or digits, because the entry's address is made from it.")
    text = str(answers.pop(_TEXT, ""))
    values: dict[str, Value] = {key: value for key, value in answers.items() if value}
    if kind.is_pages:
        month = re.match(r"\d{4}-\d{2}", str(values.get("published", ""))) if kind.name == "news" else None
        path = f"{kind.home}{f'{month.group()}-' if month else ''}{name}.md"  # news files begin with their month, as those that are there do
        return path, template(kind, today, values, body=f"{text}\n" if text else ""), title
    path = f"{kind.home.removesuffix('.yml')}/form-{number}.yml"
    return path, template(kind, today, {"id": name, **values}), title


def asked_to_move(body: str) -> tuple[str, str]:
    """The page that a form is about and its new address, as somebody wrote them."""
    answers = answers_in(body, _MOVED)
    return str(answers.get("page", "")), str(answers.get("new_address", ""))


def answers_in(body: str, settings: Iterable[Setting]) -> dict[str, Value]:
    """The answers by setting. Only the form's own headings, in the form's order, divide the text; another heading is part of an answer."""
    waiting = {_label(setting.name): setting for setting in settings}
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
        if clean and clean not in _NO_ANSWER:
            if setting.many:
                entries = re.split(r"[,\n]", clean) if setting.names or setting.options else clean.split("\n")
                answers[setting.name] = [entry for entry in (" ".join(entry.removeprefix("- ").split()) for entry in entries) if entry]
            else:
                answers[setting.name] = clean if setting.name == _TEXT else " ".join(clean.split())
    return answers


def _clean(answer: str) -> str:
    """Text without characters that hide or reorder it, and not endless."""
    kept = "".join(c for c in answer[:_MOST].replace("\r\n", "\n") if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))
    return kept.replace("\t", " ").replace("\u00a0", " ").strip()
