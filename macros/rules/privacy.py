"""Rule: nothing by which a person could be found or recognised.

A machine sees numbers, titles and forms of words, in whatever type they are set. It cannot see an untitled name or a story: those a second
person must look for. No message repeats what was found, as messages are kept in logs that anybody may read.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from macros.content.catalogue import Catalogue
from macros.models.site import PrivateKind
from macros.problems import Problem
from macros.sources.csv_files import parse_csv
from macros.sources.files import column_at, line_at
from macros.sources.kept import Remembered
from macros.sources.plain_text import place_in, plain

ALLOWED = "data/privacy_allowed.yml"
_MOST_TOLD = 20  # texts told of one file; the rest are counted

_GAP = "[ ._-]{0,3}"
_DAY_OF = r"(?:\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -])"
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_BETWEEN = r"(?:[/.]| ?- ?| )"
_IN_DIGITS = rf"\d{{1,2}}{_BETWEEN}\d{{1,2}}{_BETWEEN}\d{{2,4}}|\d{{4}}{_BETWEEN}\d{{1,2}}{_BETWEEN}\d{{1,2}}"
_DATE = rf"(?:{_IN_DIGITS}|{_DAY_OF}?{_MONTH}(?:,? |-)(?:\d{{4}}|'\d\d)|{_DAY_OF}{_MONTH}|{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b)"
_BIRTH = r"(?<![a-z])(?:date[ _-]?of[ _-]?birth|birth[ _-]?da(?:te|y)|born|d[. ]{0,2}o[. ]{0,2}b\.?)(?![a-z])"
_TENS = "twenty|thirty"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_WHOLE = rf"(?:\d{{1,3}}|(?:{_TENS})(?:[ -](?:{_ONES}))?|{_ONES}|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
_PART = r"(?:\.\d| ?1/2|[ -]and[ -](?:a[ -](?:half|quarter)|three[ -]quarters))"
_AMOUNT = rf"{_WHOLE}{_PART}?"
_YEARS, _MONTHS, _DAYS = r"(?:years?|yrs?\.?|y)", r"(?:months?|mths?\.?|mos?|m)", r"(?:weeks?|wks?\.?|days?|months?|mths?\.?|mos?\.?|m)"
_NAMED = r"(?:Child [A-Z]|(?:child|Baby|Sibling|Twin|Family|Adult|Mother|Father|Young [Pp]erson) [A-HJ-Z])\d?\b"  # not "the child I know"
_NO_NAME = "Am|An|As|At|Be|By|Do|Dr|Go|He|If|In|Is|It|Me|Mr|Ms|My|No|Of|On|Or|So|To|Up|Us|We"  # Jo and Ed are
_NAME = rf"[A-Z](?:[a-z]|'[A-Z])(?:[a-z'-]+(?:[A-Z][a-z'-]+)*|(?:[A-Z][a-z'-]+)+|(?<!{_NO_NAME})(?![\w'-]))"
_FULL = rf"(?:{_NAME}|[A-Z]\.?)(?: {_NAME}| [A-Z]\.?)?(?: (?:van|von|de[nr]?|d[aiu]|dos|la|le|bin|ibn|al|el))* {_NAME}"
_TITLE = r"\b(?:(?:[Mm]rs?|MRS?|Cllr)\.? [A-Za-z]|(?:Ms|Miss|MISS|Mx|D[Rr]|Prof(?:essor)?|Sir|Dame|Lord|Lady|Baroness|HHJ|Judge|Rev(?:d|erend)?|Fr|Imam|Councillor|Coun|Alderman|Messrs|[PW]?PC|PCSO|DC|DS|DI|DCI|Sgt|Sergeant|Constable|Insp(?:ector)?|Supt|Superintendent)\.? [A-Z])[\w'-]*"
_POST = r"(?:(?:vice[ -]?)?chair|lead|head(?: ?teacher)?|manager|worker|visitor|officer|teacher|nurse|midwife|doctor|GP|co-?ordinator|director|commissioner|governor|scrutineer|trainer|speaker|author|owner|mother|father|parent|carer)"
_NAMED_BY = r"(?:[Cc]haired|[Ww]ritten|[Ll]ed|[Dd]elivered|[Ss]igned|[Ll]ooked after) by(?: the)?|[Ss]igned:?|[Cc]ontact:?|[Aa]sk for|[Ss]peak to|[Ss]on of|[Dd]aughter of|[Ll]ate"
_ONE = r"(?:[Aa]n?|[Tt]h(?:e|is|ese)|[Oo]ne|[Tt]wo|[Bb]oth|[Hh]er|[Hh]is|[Tt]heir)"
_ONE_CHILD = (
    rf"(?:{_NAMED}|\b{_AMOUNT}[ -]{_YEARS}\b|\baged? {_AMOUNT}\b|\b{_ONE} (?:young )?(?:boy|girl|child|pupil|student|baby|infant|toddler|teenager|youth|person"
    r"|son|daughter|brother|sister|sibling|twin)s?\b|\b(?:[Hh]is|[Hh]er|child's|boy's|girl's) (?:nursery|playgroup|school|college)\b"
    r"|\b\d{1,2} ?yo\b|\b[Yy]ear \d{1,2} (?:boy|girl|child|pupil|student)\b|\b[A-Z][a-z]+ (?:attends|goes to|went to)\b|\bexcluded (?:him|her)\b)"
)
_SCHOOL = (
    rf"(?:St\.? |Saint )?{_NAME} (?:[A-Z]\w+ ){{0,4}}?(?:Primary|Infants?|Junior|Nursery|Playgroup|High|Secondary|Grammar|Academy|(?:Pre-)?[Ss]chool|College)\b"
)


@dataclass(frozen=True)
class Finder:
    """One form of private text in plain type: how it looks, what is said, what every line with one has and is quickly found, and whether it truly is one."""

    kind: PrivateKind
    looks: re.Pattern[str]
    says: str
    fix: str
    hints: tuple[re.Pattern[str] | str, ...]  # a text is looked for in small letters
    is_one: Callable[[str], bool] = lambda _: True


def digits(text: str) -> str:
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


def _is_a_person(text: str) -> bool:
    names = [text] if _TITLED_NAME.match(text) else _NAMES.findall(_POST_WORDS.sub(",", text))
    return any(not _ORGANISATION.search(name) for name in names)


_ALLOW = f"If it may be public all the same, say so with the reason in {ALLOWED}."
_DIGITS = re.compile(r"[0-9](?:[ ()._-]{0,4}[0-9]){5}")
_BORN = re.compile(r"[bBdD](?i:orn|irth|[. ]{0,2}o[. ]{0,2}b)")
_AFTER_DIGIT = re.compile(r"[0-9][A-Za-z]{2}")
_SIGN = re.compile("@")
_HOUSE = re.compile(r"[0-9][A-Za-z]?,? [A-Z]")
_STREET = "Street|Road|Avenue|Close|Lane|Drive|Crescent|Grove|Gardens|Terrace|Mews|Way|Walk|Square|St|Rd|Ave|Cres"
_TO_MONTH = re.compile(r"[yY](?:(?i:ears?|rs?)\.?,?(?: and|-and)?[ -]\w{1,9}[ -]?\w{0,5}[ -]?[mM]| ?[0-9]{1,2} ?[mM])")
_AGE = re.compile("[aA]ge (?<![a-zA-Z][aA]ge )")  # and not page
_TIME = (" old", "-old", " of age", "aged ", _AGE, _TO_MONTH)
_LETTER = re.compile(r" [A-Z](?![a-z])")
_TITLED = re.compile(
    r"[MDPSRCLBJFI](?:rs?\b|RS?\b|s\b|iss\b|x\b|rof|ir\b|ame\b|ev(?:erend|d)?[. ]|llr|ouncillor|onst|C?[CSI]\b|gt\b|erg|upt|ord |ady |aro|udge |mam |nsp)"
)
_POSTS = (
    _TITLED, "mr", "hhj ", "coun", "alderman ", "messrs ", "pcso ", "superintendent ", " leads ", " chairs ", " heads ", "led by ", "written by ", "delivered by ",
    "signed", "after by ", "contact", "ask for ", "speak to ", "son of ", "daughter of ", "late ", "chair", "lead", "head", "manager", "worker", "visitor",
    "officer", "teacher", "nurse", "midwife", "doctor", "gp", "ordinator", "director", "commissioner", "governor", "scrutineer", "trainer", "speaker", "author",
    "owner", "mother", "father", "parent", "carer",
)  # fmt: skip
_SCHOOLS = re.compile("Prima|Infan|Juni|Nurs|Playg|Pre-s|High|Secon|Gramm|Acad|Scho|Coll")
_AT_ANY_AGE = re.compile(r"(?:under|over|until|than|least|from|first|to|by|every|before|after) ", re.IGNORECASE)  # "under 6 months old" is nobody's age
_ORGANISATION = re.compile(  # words of names that are nobody's
    r"\b(?:director|executive|officer|council|partner\w*|team|office|board|group|services?|trust|police|school|academy|college|unit|hub|door|line|health|care"
    r"|agency|authority|commission\w*|safeguarding|child\w*|famil\w+|youth|neglect|abuse|crime|education|learning|protection|exploitation|early help"
    r"|public|social|domestic|national|local|all|task|plan|strategy|review|england|designated|named|chief|independent|support|advice|aid|society|foundation|association|network|forum|centre|hospital|university|operation"
    r"|project|programme|working|court|charit\w+|house|road|street|park|town|hall|south|edge|high|federation)\b",
    re.IGNORECASE,
)
_TITLED_NAME, _NAMES, _POST_WORDS = re.compile(_TITLE), re.compile(_FULL), re.compile(rf"\b{_POST}s?\b", re.IGNORECASE)
_ANY_SCHOOL = {"A", "Any", "Each", "Every", "In", "The", "Our", "All", "At", "Primary", "Secondary", "Virtual", "Safe", "Your", "Most", "Special"}
FINDERS: tuple[Finder, ...] = (
    Finder(
        "NHS number",
        re.compile(rf"(?<![\w.])(?:\(?\d{{3}}\)?{_GAP}\d{{3}}{_GAP}\d{{4}}|\d{{5}} \d{{5}}|\d(?:[ -]\d){{9}})(?!\w|\.\d)"),
        "An NHS number seems to stand here: its last digit fits the others.",
        f"Delete it. {_ALLOW}",
        (_DIGITS,),
        is_nhs_number,
    ),
    Finder(  # the letters: HM Revenue and Customs, NIM39110
        "National Insurance number",
        re.compile(
            rf"(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]{_GAP}\d\d{_GAP}\d\d{_GAP}\d\d{_GAP}[A-D](?!\w)", re.IGNORECASE | re.ASCII
        ),
        "A National Insurance number seems to stand here.",
        f"Delete it. {_ALLOW}",
        (_DIGITS,),
    ),
    Finder(
        "pupil number",
        re.compile(rf"(?<!\w)[{_UPN_LETTERS}]\d{{11}}[\d{_UPN_LETTERS}](?!\w)", re.IGNORECASE | re.ASCII),
        "A pupil's number (UPN) seems to stand here: its letter fits the digits.",
        f"Delete it. {_ALLOW}",
        (_DIGITS,),
        is_pupil_number,
    ),
    Finder(
        "date of birth",
        re.compile(
            rf"{_BIRTH}(?:(?!between|from|since|before|after)[^.;!?\n]){{0,30}}?(?<!\d){_DATE}"
            rf"|(?<!\d){_DATE}[^.;!?\n]{{0,15}}?\b(?:was|were) born\b|(?<![\w.])b\.? ?(?={_IN_DIGITS}|\d).{{0,3}}?{_DATE}|\bturn(?:ed|s) {_AMOUNT} on {_DATE}",
            re.IGNORECASE,
        ),
        "A date of birth seems to stand here.",
        f"Delete it, or say an age in broad terms. {_ALLOW}",
        (_BORN, "b.", "turned ", "turns "),
    ),
    Finder(
        "postcode",
        re.compile(r"(?<![\w/#-])(?:[A-Z]{1,2}\d[A-Z\d]?|GIR)(?: - |[ .-]?)\d[ABD-HJLNP-UW-Z]{2}(?![\w/-])", re.IGNORECASE),
        "A full postcode stands here, which can lead to one front door.",
        f"Delete it, or write the town. {_ALLOW}",
        (_AFTER_DIGIT,),
        lambda text: text.isupper() or (text[-4] == " " and text[-2:].lower() not in ("st", "nd", "rd", "th")),  # "part a1 2nd"
    ),
    Finder(
        "street address",
        re.compile(rf"(?<![\w./-])\d{{1,3}}[A-Za-z]?,? (?:[A-Z][\w'-]*\.? ){{1,3}}(?:{_STREET}|{_STREET.upper()})\b"),
        "The number and street of a house seem to stand here.",
        f"Delete them, or write the town. {_ALLOW}",
        (_HOUSE,),
    ),
    Finder(
        "phone number",
        re.compile(
            r"(?<![\w+])(?<!\d\.)(?:\(?(?:\+ ?44|0044)\)? ?(?:\(0\) ?)?|\(?0)[1-9](?:[ ()._-]{0,3}\d){8,9}(?!\w|\.\d)"
            r"|(?<![\w+])\+ ?[1-9](?:[ ()._-]{0,3}\d){8,13}(?!\w)"
        ),
        "A phone number stands here that is not among the contacts.",
        f'Add it to data/contacts.yml and write {{{{ phone("…") }}}} with its id; or delete it. {_ALLOW}',
        (_DIGITS,),
    ),
    Finder(
        "e-mail address of a person",
        re.compile(r"(?<![\w.+'-])[a-z]{2,}\d?\.[a-z][a-z'-]+\d?@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
        "An e-mail address stands here that seems to be one person's.",
        f"Use the address of a team: people move on, and are searched for. {_ALLOW}",
        (_SIGN,),
    ),
    Finder(
        "e-mail address",
        re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
        "An e-mail address stands here that is not among the contacts.",
        f'Add it to data/contacts.yml and write {{{{ phone("…") }}}} with its id; or delete it. {_ALLOW}',
        (_SIGN,),
    ),
    Finder(
        "exact age",
        re.compile(
            rf"\b(?:(?:under|over|until|than|least|from|first|to|by|every|before|after) )?(?:{_AMOUNT}[ -]?|(?:an?|half a)[ -]){_DAYS}[ -](?:olds?|of age)\b"
            rf"|\baged?(?: of| just| only| about)* {_AMOUNT}[ -]?{_DAYS}\b|(?:\baged? )?\b{_AMOUNT}[ -]?{_YEARS},?(?: and|-and)?[ -]?{_AMOUNT}[ -]?{_MONTHS}(?: old| of age)?\b"
            rf"|\baged? {_WHOLE}{_PART}(?!\w)|\b{_WHOLE}{_PART}[ -]years?[ -](?:olds?|of age)\b|\b(?:an?|{_WHOLE}) years? and a half old\b",
            re.IGNORECASE,
        ),
        "An age to the week, day or month stands here, by which a child might be recognised.",
        f"Write it broadly: a baby, a young child, a teenager. {_ALLOW}",
        _TIME,
        lambda text: not _AT_ANY_AGE.match(text),
    ),
    Finder(
        "name of a person",
        re.compile(
            rf"{_TITLE}(?: [A-Z][\w'.-]*)*|\b{_FULL} (?:(?:is|was|as) (?:the|our)(?: \w+){{0,2}}? {_POST}\b|(?:leads|chairs|chaired|heads) (?:the|our|this)\b)"
            rf"|\b(?i:{_POST})(?:,|:| (?:is|was)| -)? {_FULL}\b|\b(?:{_NAMED_BY}) {_FULL}\b"
            rf"|\b{_FULL}(?:,|:| \(| -) ?(?:[Tt]he |[Oo]ur )?(?:[\w-]+ ){{0,2}}?(?i:{_POST})\b"
        ),
        "The name of a person seems to stand here.",
        f"Write the team or role instead. {_ALLOW}",
        _POSTS,
        _is_a_person,
    ),
    Finder(
        "school of a child",
        re.compile(rf"{_ONE_CHILD}[^\n]{{0,200}}?{_SCHOOL}|{_SCHOOL}[^\n]{{0,200}}?{_ONE_CHILD}"),
        "A school stands here beside one child, who might be recognised by it.",
        f"Leave out the school's name. {_ALLOW}",
        (_SCHOOLS,),
        lambda text: any(match.group().split()[0] not in _ANY_SCHOOL for match in re.finditer(_SCHOOL, text)),
    ),
    Finder(
        "pseudonym",
        re.compile(rf"\b{_NAMED}(?:(?:, [B-Z]\d?\b)* (?:and|&) [B-Z]\d?\b)?"),
        "A name for a child stands here that is not in the register of pseudonyms.",
        "Correct the letter; or, if a published review uses this name, add it to data/pseudonyms.yml.",
        (_LETTER,),
    ),
)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Every text in docs/ and data/ is looked through for NHS, National Insurance and pupil numbers, dates of birth, postcodes, houses, phone numbers,
    e-mail addresses that are not among the contacts or name a person, ages to the week, day or month, names with a title, schools beside one child,
    and names of children that no review uses; in whatever type they are set."""
    known = _Known(catalogue)
    for file, text in catalogue.texts.items():
        yield from _look_through(known, file, text)
    yield from _names_of_reviews(catalogue, known)
    for entry in catalogue.all("privacy-allowed"):
        if entry.review_by < catalogue.today:
            says, fix = "This exception was to be looked at again by now.", "Decide again, and write a new date; or delete the entry."
            yield catalogue.problem("privacy-allowed", entry.id, "review_by", says, fix, severity="warning")


class _Known:
    """What may stand in the texts: the contacts, the register, and what was allowed with a reason."""

    def __init__(self, catalogue: Catalogue) -> None:
        contacts = catalogue.all("contact")
        self.catalogue = catalogue
        self.phones = {_dialled(c.value) for c in contacts if c.kind in ("phone", "emergency")}
        self.addresses = {plain(c.value).casefold() for c in contacts if c.kind == "email"}
        self.areas = {area.title.split()[0] for area in catalogue.all("area")}  # "as the Exampleshire lead" is nobody's name
        self.names = {p.name for p in catalogue.all("pseudonym")}
        lost = {kind for kind, _ in catalogue.lost}  # of a list that could not be read the editor has been told
        self.untold: set[str] = {finder.kind for finder in FINDERS} if "privacy-allowed" in lost else set()
        self.untold |= {"phone number", "e-mail address", "e-mail address of a person"} if "contact" in lost else set()
        self.untold |= {"pseudonym"} if "pseudonym" in lost else set()

    def knows(self, kind: PrivateKind, found: str, file: str) -> bool:
        if kind in self.untold:
            return True
        if kind == "phone number" and _dialled(found) in self.phones:
            return True
        if kind == "e-mail address" and (found.casefold() in self.addresses or PERSONAL.looks.fullmatch(found)):
            return True  # a person's address is told once, by its own finder
        if kind in ("name of a person", "school of a child") and self.areas.intersection(found.split()):
            return True
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
    same = plain(found).casefold()
    return any(
        entry.kind == kind and plain(entry.text).casefold() == same and (not entry.files or file in (*entry.files, ALLOWED))
        for entry in catalogue.all("privacy-allowed")
    )


def _look_through(known: _Known, file: str, text: str) -> Iterator[Problem]:
    runs_on = not file.endswith(".csv")
    told = [(FINDERS[number], offset) for number, found, offset in _forms_in(text, runs_on) if not known.knows(FINDERS[number].kind, found, file)]
    for finder, offset in told[:_MOST_TOLD]:
        place = place_in(text, offset, runs_on)
        yield Problem(file, line_at(text, place), finder.says, finder.fix, column=column_at(text, place))
    if len(told) > _MOST_TOLD:
        yield Problem(file, None, f"{len(told) - _MOST_TOLD:,} more private texts seem to stand in this file.", "Fix those that are told, and check again.")
    yield from _birthdays_in_columns(known, file, text)


@Remembered
def _forms_in(text: str, runs_on: bool = True) -> tuple[tuple[int, str, int], ...]:
    """Everything in the plain form of a text that has one of the forms: the number of its finder, the words and their place there, whether or not they
    may stand there. No form runs over the end of a line."""
    text = plain(text, runs_on)
    small = text.lower()
    lines = {hints: list(_lines_with(hints, text, small)) for hints in {finder.hints for finder in FINDERS}}
    return tuple(
        (number, match.group(), match.start())
        for number, finder in enumerate(FINDERS)
        for start, end in lines[finder.hints]
        for match in finder.looks.finditer(text, start, end)
        if finder.is_one(match.group())
    )


def _lines_with(hints: Sequence[re.Pattern[str] | str], text: str, small: str) -> Iterator[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for hint in hints:
        if isinstance(hint, str) and hint not in small:  # nearly always, and quickly known
            continue
        place = _next(hint, text, small, 0)
        while place >= 0:
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
            found.add((text.rfind("\n", 0, place) + 1, end))
            place = _next(hint, text, small, end)
    yield from sorted(found)


def _next(hint: re.Pattern[str] | str, text: str, small: str, begin: int) -> int:
    if isinstance(hint, str):
        return small.find(hint, begin)
    match = hint.search(text, begin)
    return match.start() if match else -1


def _birthdays_in_columns(known: _Known, file: str, text: str) -> Iterator[Problem]:
    """In a table the word stands in the heading, far from the date."""
    finder = next(finder for finder in FINDERS if finder.kind == "date of birth")
    table = known.catalogue.tables.get(file.removeprefix("data/tables/").removesuffix(".csv"))
    titles = {column.name: column.title for column in table.about.columns} if table else {}
    for line, name, cell in _below_births(file, text, titles) if file.endswith((".csv", ".md")) else ():
        if re.search(_DATE, cell, re.IGNORECASE) and not known.knows(finder.kind, cell, file):
            yield Problem(file, line, finder.says, finder.fix, field=name)


def _speaks_of_birth(heading: str) -> bool:
    return bool(re.search(_BIRTH, plain(heading), re.IGNORECASE))


def _below_births(file: str, text: str, titles: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """The line, the heading and the plain text of each cell below a heading that speaks of births, in a CSV file or the tables of a page. ``titles``
    are what readers see above the columns of a CSV file."""
    if file.endswith(".csv"):
        told = _speaks_of_birth(" ".join([text.partition("\n")[0], *titles.values()]))
        if grid := parse_csv(text, file, []) if told else None:
            births = [position for position, name in enumerate(grid.heading) if _speaks_of_birth(f"{name} {titles.get(name)}")]
            yield from ((row.line, grid.heading[at], plain(row.cells[at])) for row in grid.rows for at in births)
        return
    columns: dict[int, str] = {}
    before = ""
    for number, line in enumerate(text.split("\n"), 1) if "|" in text else ():
        cells = line.strip(" \t|>").split("|")
        if "|" not in line:
            columns = {}
        elif _BELOW_HEADING.fullmatch(line):
            columns = {at: name.strip() for at, name in enumerate(before.strip(" \t|>").split("|")) if _speaks_of_birth(name)}
        yield from ((number, name, plain(cells[at]).strip()) for at, name in columns.items() if at < len(cells))
        before = line


_BELOW_HEADING = re.compile(r"[ \t>]*+\|?[ \t]*+:?-[|: \t-]*")


def _names_of_reviews(catalogue: Catalogue, known: _Known) -> Iterator[Problem]:
    """A review's own pseudonym is one of the register, or says in words that there is none."""
    for review in catalogue.all("review"):
        if not review.pseudonym.startswith("No ") and not any(name in review.pseudonym for name in known.names) and "pseudonym" not in known.untold:
            yield catalogue.problem("review", review.id, "pseudonym", FINDERS[-1].says, FINDERS[-1].fix)
