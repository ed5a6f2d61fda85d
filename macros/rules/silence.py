"""Rule: that a few documents are silent does not show that nobody ever said it.

Owns: the words that claim so, in what editors write (``check``) and in the finished site, where a template or code may have written them
(``check_finished``). Never: refuses what a document says of its own time, such as "it could not be published in 2020/21".
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from macros.content.catalogue import Catalogue
from macros.models.reasons import REASONS
from macros.problems import Problem
from macros.sources.files import line_at
from macros.sources.kept import Remembered

_HELPERS = "(?: (?:yet|ever|been|is|are|was|were|has|have|had|so|far))*"
# In small letters; a blank stands for whatever is between two words: the end of a line, or stars of emphasis, but no blank line.
# Each begins with plain letters, which makes the search fast.
_PUBLISHED, _BEFORE, *_OTHERS = (
    re.compile(pattern.replace(" ", r"[ \t*_>]*[\s*_>][ \t*_>]*"))
    for pattern in (
        r"published\b",
        rf"(?:\bun|\b(?:not|never|nothing|none|no(?: [\w’'-]+){{1,5}}? (?:is|are|was|were|has|have|had)){_HELPERS} )\Z",
        r"no(?<=\bno) document(?: [\w’'-]+){0,4}? (?:says?|gives?|shows?|names?|lists?|tells?|mentions?)\b",
        r"never (?:happened|took place)\b",
    )
)
_VAGUE = re.compile(r"^(?:- |  )*\w+: [\"']?(not known|unknown|not stated|not given|no date|n/a|tbc)[\"']?$", re.MULTILINE)
_TEMPLATES = Path(__file__).resolve().parents[2] / "overrides"
_WRITE = f"Where a value is unknown, write why: {', '.join(REASONS)}."


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """An empty field or cell says why, and a sentence names the document that leaves something out. No text claims that a thing was kept from
    the public but the setting kept_back of a publication, whose source says so."""
    known = [catalogue.places["publication", record.id] for record in catalogue.all("publication") if record.kept_back]
    allowed = {(place.document.file, place.line("kept_back")) for place in known}
    for file, text in catalogue.texts.items():
        for found, start in _claims_in_content(text):
            is_cell = file.endswith(".csv") and {text[start - 1 : start], text[start + len(found) :][:1]} <= set(",\r\n")  # refused when it was read
            if (file, line_at(text, start)) not in allowed and not is_cell:
                fix = f'Say what a document leaves out, in the past tense: "The annual report 2022/23 does not say …". {_WRITE}'
                yield Problem(file, line_at(text, start), f'"{found}" claims more than the documents can show.', fix)
        for vague in _VAGUE.finditer(text.lower()) if file.endswith((".yml", ".md")) else ():
            yield Problem(file, line_at(text, vague.start(1)), f'"{vague[1]}" does not say why the value is unknown.', _WRITE)


def check_finished(catalogue: Catalogue, folder: Path) -> Iterator[Problem]:
    """What the finished site in ``folder`` claims beside the content that was checked: each claim once, at its line of a template where it has one."""
    kept_back = [record.kept_back for record in catalogue.all("publication") if record.kept_back]
    told: set[str] = set()
    for path in sorted(folder.rglob("*.*")):
        page = path.relative_to(folder).as_posix()
        if path.suffix not in (".html", ".json", ".csv", ".xml", ".ics") or page.startswith("search/"):  # which repeats the pages, without their paragraphs
            continue
        text = path.read_text(encoding="utf-8")
        for sentence in (*kept_back, *map(escape, kept_back)):
            text = text.replace(sentence, "")
        for found in {found for found, _ in claims_in(text)} - told:
            told.add(found)
            templates = ((file, file.read_text(encoding="utf-8")) for file in sorted(_TEMPLATES.rglob("*.html")))
            file, line = next(
                ((f"overrides/{t.relative_to(_TEMPLATES)}", line_at(text, text.index(found))) for t, text in templates if found in text), (page, None)
            )
            fix = f"Say what a document leaves out. If these words are not in {file}, they are in macros/."
            yield Problem(file, line, f'The finished file {page} says "{found}", which claims more than the documents can show.', fix)


def claims_in(text: str) -> list[tuple[str, int]]:
    """Every claim in a text as it is written, and the place where it begins."""
    low = text.lower()
    spans = [match.span() for pattern in _OTHERS for match in pattern.finditer(low)]
    for match in _PUBLISHED.finditer(low):
        if before := _BEFORE.search(low, max(0, match.start() - 100), match.start()):
            spans.append((before.start(), match.end()))
    return [(text[start:end], start) for start, end in sorted(spans)]


_claims_in_content = Remembered(claims_in)
