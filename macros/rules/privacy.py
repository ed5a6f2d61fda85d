"""Rule: nothing by which a person could be found or recognised.

A machine sees numbers and forms of words. It cannot see a name or a story: those a second person must look for.
No message repeats what was found, as messages are kept in logs that anybody may read.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from macros.content.catalogue import Catalogue
from macros.models.site import PrivateKind
from macros.problems import Problem
from macros.sources.csv_files import parse_csv
from macros.sources.files import column_at, line_at

ALLOWED = "data/privacy_allowed.yml"

_GAP = "[ \u00a0-]?"
_DAY_OF = r"(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )"
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_IN_DIGITS = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}"
_DATE = rf"(?:{_IN_DIGITS}|{_DAY_OF}?{_MONTH},? \d{{4}}|{_DAY_OF}{_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b)"
_BIRTH = r"(?<![a-z])(?:date[ _-]?of[ _-]?birth|birth[ _-]?da(?:te|y)|born|d\.?o\.?b\.?)(?![a-z])"
_AMOUNT = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_SHORT_TIME = r"(?:weeks?|days?)"
_NAMED = r"(?:Child [A-Z]|(?:child|Baby|Sibling|Twin|Family|Adult|Mother|Father|Young [Pp]erson) [A-HJ-Z])\d?\b"  # not "the child I know"


@dataclass(frozen=True)
class Finder:
    """One form of private text: how it looks, what is said, what every line with one of them has and is quickly found, and whether it truly is one."""

    kind: PrivateKind
    looks: re.Pattern[str]
    says: str
    fix: str
    hint: re.Pattern[str]
    is_one: Callable[[str], bool] = lambda _: True


def digits(text: str) -> str:
    """The digits of a text."""
    return re.sub(r"\D", "", text)


def is_nhs_number(text: str) -> bool:
    """Ten digits of which the last follows from the others (NHS Data Model and Dictionary, NHS NUMBER, modulus 11)."""
    number = digits(text)
    check_digit = -sum(int(digit) * weight for digit, weight in zip(number[:9], range(10, 1, -1), strict=True)) % 11
    return check_digit == int(number[9])  # ten is no digit: such numbers are not issued


_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def is_pupil_number(text: str) -> bool:
    """A letter that follows from the twelve signs after it (Department for Education, Unique pupil numbers: guide, modulus 23)."""
    number = text.upper()
    values = [int(sign) if sign.isdigit() else _UPN_LETTERS.index(sign) for sign in number[1:]]
    return number[0] == _UPN_LETTERS[sum(value * weight for weight, value in enumerate(values, 2)) % 23]


def _is_postcode(text: str) -> bool:
    return text.isupper() or text[-2:].lower() not in ("st", "nd", "rd", "th")  # "part a1 2nd"


_ALLOW = f"If it may be public all the same, say so with the reason in {ALLOWED}."
_DIGITS = re.compile(r"[0-9](?:[ \u00a0().-]{0,2}[0-9]){5}")
_BORN = re.compile(r"[bBdD](?i:orn|irth|\.?o\.?b)")
_AFTER_DIGIT = re.compile(r"[0-9][A-Za-z]{2}")
_SIGN = re.compile(r"@|[\[(]at[\])]", re.IGNORECASE)
_TIME = re.compile(r"[ -](?i:week|day|month)")
_LETTER = re.compile(r" [A-Z](?![a-z])")
FINDERS: tuple[Finder, ...] = (
    Finder(
        "NHS number",
        re.compile(rf"(?<![\w.])\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}}(?![\w]|\.\d)"),
        "An NHS number seems to stand here: its last digit fits the others.",
        f"Delete it. {_ALLOW}",
        _DIGITS,
        is_nhs_number,
    ),
    Finder(  # the letters: HM Revenue and Customs, NIM39110
        "National Insurance number",
        re.compile(
            rf"(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]{_GAP}\d\d{_GAP}\d\d{_GAP}\d\d{_GAP}[A-D](?!\w)", re.IGNORECASE | re.ASCII
        ),
        "A National Insurance number seems to stand here.",
        f"Delete it. {_ALLOW}",
        _DIGITS,
    ),
    Finder(
        "pupil number",
        re.compile(rf"(?<!\w)[{_UPN_LETTERS}]\d{{11}}[\d{_UPN_LETTERS}](?!\w)", re.IGNORECASE | re.ASCII),
        "A pupil's number (UPN) seems to stand here: its letter fits the digits.",
        f"Delete it. {_ALLOW}",
        _DIGITS,
        is_pupil_number,
    ),
    Finder(
        "date of birth",
        re.compile(
            rf"{_BIRTH}(?:(?!between|from|since|before|after)[^.;!?\n]){{0,30}}?(?<!\d){_DATE}"
            rf"|(?<!\d){_DATE}[^.;!?\n]{{0,15}}?\b(?:was|were) born\b",
            re.IGNORECASE,
        ),
        "A date of birth seems to stand here.",
        f"Delete it, or say an age in broad terms. {_ALLOW}",
        _BORN,
    ),
    Finder(
        "postcode",
        re.compile(r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?|GIR)[ \u00a0]\d[ABD-HJLNP-UW-Z]{2}(?!\w)", re.IGNORECASE),
        "A full postcode stands here, which can lead to one front door.",
        f"Delete it, or write the town. {_ALLOW}",
        _AFTER_DIGIT,
        _is_postcode,
    ),
    Finder(
        "phone number",
        re.compile(
            r"(?<![\w+])(?<!\d\.)(?:(?:\+44|0044)[ \u00a0]?(?:\(0\)[ \u00a0]?)?|\(?0)[1-9](?:[ \u00a0().-]{0,2}\d){8,9}(?![\w]|\.\d)"
            r"|(?<![\w+])\+[1-9](?:[ \u00a0().-]{0,2}\d){8,13}(?!\w)"
        ),
        "A phone number stands here that is not among the contacts.",
        f'Add it to data/contacts.yml and write {{{{ phone("…") }}}} with its id; or delete it. {_ALLOW}',
        _DIGITS,
    ),
    Finder(
        "e-mail address of a person",
        re.compile(r"(?<![\w.+'-])[a-z]{2,}\d?\.[a-z][a-z'-]+\d?(?:@|[ ]?[\[(]at[\])][ ]?)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
        "An e-mail address stands here that seems to be one person's.",
        f"Use the address of a team: people move on, and are searched for. {_ALLOW}",
        _SIGN,
    ),
    Finder(
        "e-mail address",
        re.compile(r"(?<![\w.+'-])[\w.+'-]+(?:@|[ ]?[\[(]at[\])][ ]?)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
        "An e-mail address stands here that is not among the contacts.",
        f'Add it to data/contacts.yml and write {{{{ phone("…") }}}} with its id; or delete it. {_ALLOW}',
        _SIGN,
    ),
    Finder(
        "exact age",
        re.compile(
            rf"\b{_AMOUNT}[ -]{_SHORT_TIME}[ -](?:old|of age)\b|\baged?(?: of| just| only| about)* {_AMOUNT}[ -]{_SHORT_TIME}\b"
            rf"|\b{_AMOUNT} years?,?(?: and)? {_AMOUNT} months?(?: old| of age)\b|\baged {_AMOUNT} years?,?(?: and)? {_AMOUNT} months?\b",
            re.IGNORECASE,
        ),
        "An age to the week, day or month stands here, by which a child might be recognised.",
        f"Write it broadly: a baby, a young child, a teenager. {_ALLOW}",
        _TIME,
    ),
    Finder(
        "pseudonym",
        re.compile(rf"\b{_NAMED}(?:(?:, [B-Z]\d?\b)* (?:and|&) [B-Z]\d?\b)?"),
        "A name for a child stands here that is not in the register of pseudonyms.",
        "Correct the letter; or, if a published review uses this name, add it to data/pseudonyms.yml.",
        _LETTER,
    ),
)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Every text in docs/ and data/ is looked through for NHS, National Insurance and pupil numbers, dates of birth, postcodes, phone numbers,
    e-mail addresses that are not among the contacts or name a person, ages to the week or day, and names of children that no review uses."""
    known = _Known(catalogue)
    for file, text in catalogue.texts.items():
        yield from _look_through(known, file, text)
    yield from _names_of_reviews(catalogue, known)
    yield from _to_look_at_again(catalogue)


class _Known:
    """What may stand in the texts: the contacts, the register, and what was allowed with a reason."""

    def __init__(self, catalogue: Catalogue) -> None:
        contacts = catalogue.all("contact")
        self.catalogue = catalogue
        self.phones = {_dialled(c.value) for c in contacts if c.kind in ("phone", "emergency")}
        self.addresses = {c.value.casefold() for c in contacts if c.kind == "email"}
        self.names = {p.name for p in catalogue.all("pseudonym")}
        lost = {kind for kind, _ in catalogue.lost}  # of a list that could not be read the editor has been told
        self.untold: set[str] = {finder.kind for finder in FINDERS} if "privacy-allowed" in lost else set()
        self.untold |= {"phone number", "e-mail address", "e-mail address of a person"} if "contact" in lost else set()
        self.untold |= {"pseudonym"} if "pseudonym" in lost else set()

    def knows(self, kind: PrivateKind, found: str, file: str) -> bool:
        """Whether the text may stand in the file."""
        if kind in self.untold:
            return True
        if kind == "phone number" and _dialled(found) in self.phones:
            return True
        if kind == "e-mail address" and (found.casefold() in self.addresses or PERSONAL.looks.fullmatch(found)):
            return True  # a person's address is told once, by its own finder
        if kind == "pseudonym" and _names_in(found) <= self.names:
            return True
        return is_allowed(self.catalogue, kind, found, file)


PERSONAL = next(finder for finder in FINDERS if finder.kind == "e-mail address of a person")


def _dialled(text: str) -> str:
    """A phone number as it is dialled in this country."""
    return re.sub(r"^(?:0044|44)0?", "0", digits(text))


def _names_in(text: str) -> set[str]:
    """``Child H and I`` as the names it stands for."""
    person, letters = re.fullmatch(r"((?:Young )?\w+) (.*)", text[:1].upper() + text[1:]).groups()  # type: ignore[union-attr]
    return {f"{person} {letter}" for letter in re.findall(r"\b[A-Z]\d?\b", letters)}


def is_allowed(catalogue: Catalogue, kind: PrivateKind, found: str, file: str) -> bool:
    """Whether the allow-list lets a text stand in a file. The list itself may hold what it allows."""
    same = " ".join(found.split()).casefold()
    return any(
        entry.kind == kind and " ".join(entry.text.split()).casefold() == same and (not entry.files or file in (*entry.files, ALLOWED))
        for entry in catalogue.all("privacy-allowed")
    )


def _look_through(known: _Known, file: str, text: str) -> Iterator[Problem]:
    for finder, found, place in _forms_in(text):
        if not known.knows(finder.kind, found, file):
            yield Problem(file, line_at(text, place), finder.says, finder.fix, column=column_at(text, place))
    if file.endswith(".csv"):
        yield from _birthdays_in_columns(known, file, text)


@lru_cache(maxsize=16_384)  # a preview looks through the same texts after every edit
def _forms_in(text: str) -> tuple[tuple[Finder, str, int], ...]:
    """Everything in a text that has one of the forms, and its place, whether or not it may stand there. No form runs over the end of a line."""
    lines = {hint: list(_lines_with(hint, text)) for hint in {finder.hint for finder in FINDERS}}
    return tuple(
        (finder, match.group(), match.start())
        for finder in FINDERS
        for start, end in lines[finder.hint]
        for match in finder.looks.finditer(text, start, end)
        if finder.is_one(match.group())
    )


def _lines_with(hint: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where each line with the hint begins and ends."""
    end = -1
    for match in hint.finditer(text):
        if match.start() > end:
            end = text.find("\n", match.end())
            end = len(text) if end < 0 else end
            yield text.rfind("\n", 0, match.start()) + 1, end


def _birthdays_in_columns(known: _Known, file: str, text: str) -> Iterator[Problem]:
    """In a table the word stands in the heading, far from the date."""
    grid = parse_csv(text, file, []) if re.search(_BIRTH, text.partition("\n")[0], re.IGNORECASE) else None
    finder = next(finder for finder in FINDERS if finder.kind == "date of birth")
    for position, name in enumerate(grid.heading if grid else ()):
        for row in grid.rows if grid and re.search(_BIRTH, name, re.IGNORECASE) else ():
            if re.search(_DATE, row.cells[position], re.IGNORECASE) and not known.knows(finder.kind, row.cells[position], file):
                yield Problem(file, row.line, finder.says, finder.fix, field=name)


def _to_look_at_again(catalogue: Catalogue) -> Iterator[Problem]:
    for entry in catalogue.all("privacy-allowed"):
        if entry.review_by < catalogue.today:
            says, fix = "This exception was to be looked at again by now.", "Decide again, and write a new date; or delete the entry."
            yield replace(catalogue.problem("privacy-allowed", entry.id, "review_by", says, fix), severity="warning")


def _names_of_reviews(catalogue: Catalogue, known: _Known) -> Iterator[Problem]:
    """A review's own pseudonym is one of the register, or says in words that there is none."""
    for review in catalogue.all("review"):
        if not review.pseudonym.startswith("No ") and not any(name in review.pseudonym for name in known.names) and "pseudonym" not in known.untold:
            yield catalogue.problem("review", review.id, "pseudonym", FINDERS[-1].says, FINDERS[-1].fix)
