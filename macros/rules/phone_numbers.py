"""Rule: a number to ring is one that can be rung.

The lengths by prefix are those of Ofcom's National Telephone Numbering Plan; 116 is for European helplines (Commission Decisions 2007/116/EC, 2007/698/EC and
2009/884/EC). A number for Relay UK begins with 18001.
"""

import re
from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.problems import Problem
from macros.sources.files import column_at, line_at
from macros.sources.kept import Remembered

# Numbers of three digits that are answered all over the country.
_SHORT = {"999", "112", "101", "105", "111", "119", "159", "18000", "116000", "116006", "116111", "116117", "116123"}
# How many digits a number has in all, by its beginning. 0800 1111 is Childline's; some have six digits after 0800.
_LENGTHS = {"0800": (8, 10, 11), "0808": (11,)} | {f"0{digit}": (11,) for digit in "1235789"}
_TEXTED = re.compile(r"[678][0-9]{4}\Z")  # short codes to which helplines are texted
_ABROAD = re.compile(r"(?:\+|00)(?!44)[1-9][0-9]{7,14}\Z")
_FIX = "Look it up where it is published, and write every digit."
# In a text: digits that begin as a number to ring does, or that somebody is asked to ring.
_DIGITS = re.compile(r"[0-9](?:(?:[ \u00a0)-]{0,2}|\.| ?\(0\) ?)[0-9]){2,15}")
_BEGINS = re.compile(r"(?=(?:[0-9][ \u00a0().-]*){6})(?:0(?:80[08]|3[0-9]{2}|[127][0-9]{2})|(?:00)?44 ?(?:\(0\))? ?[1237])")
_ASKED = re.compile(
    r"\b(?:(?:ring|call|dial|phone|telephone)(?:ing)?(?: us| them| (?:the |your )?(?:\w+ ){1,3}on)?(?: on)?|text(?:ing)?(?: \w+)?(?: to)?):? [*_]*\Z",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"[\w.,/:#=-]\Z")  # a number within something longer, such as an address
_GOES_ON = re.compile(r"[\w%/:=-]|[.,][0-9]| ?(?:hours|days|people)")
_A_DATE = re.compile(r"[0-9]{1,2}[ -][0-9]{1,2}[ -](?:[0-9]{2}|[0-9]{4})\Z|(?:19|20)[0-9]{2}\Z")


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A number to ring has as many digits as numbers of its beginning have: 11 after 01, 02, 03, 07 and 0808; 8, 10 or 11 after 0800; or it is a helpline's after 116, 999,
    112, 101, 105, 111, 119 or 159. So wherever one is written: among the contacts, in settings, sentences and tables."""
    for contact in catalogue.all("contact"):
        if contact.kind in ("emergency", "phone") and (fault := fault_of(contact.value)):
            yield catalogue.problem("contact", contact.id, "value", f'"{contact.value}" cannot be rung: {fault}.', _FIX)
    files = {catalogue.places[("contact", contact.id)].document.file for contact in catalogue.all("contact")}
    for file, text in catalogue.texts.items():
        for start, fault in _wrong_in(text):
            line = text[text.rfind("\n", 0, start) + 1 : start]
            if not (file in files and line.strip(' "') == "value:"):
                yield Problem(file, line_at(text, start), f"The number here cannot be rung: {fault}.", _FIX, column=column_at(text, start))


@Remembered
def _wrong_in(text: str) -> tuple[tuple[int, str], ...]:
    """Where a number stands in a text that is there to be rung and cannot be, and why."""
    found = []
    for match in _DIGITS.finditer(text):
        number, start = match.group(), match.start()
        before = text[max(0, start - 30) : start]
        asked = before[-1:] in (" ", "*", "_") and _ASKED.search(before)
        if not (asked or (_BEGINS.match(number) and not _WITHIN.search(before))) or _GOES_ON.match(text, match.end()) or _A_DATE.match(number):
            continue
        if fault := fault_of(number if number[0] == "0" or asked else f"+{number}"):
            found.append((start, fault))
    return tuple(found)


def fault_of(number: str) -> str:
    """Why a number cannot be rung, as the end of a sentence; nothing where it can."""
    digits = re.sub(r"\A(?:\+|00)44(?:\(0\))?", "0", re.sub(r"[\s.-]", "", number))
    digits = re.sub(r"[()]", "", digits).removeprefix("18001")
    if digits in _SHORT or _TEXTED.match(digits) or _ABROAD.match(digits):
        return ""
    for beginning, lengths in _LENGTHS.items():
        if digits.startswith(beginning):
            wanted = " or ".join(filter(None, (", ".join(map(str, lengths[:-1])), str(lengths[-1]))))
            return "" if len(digits) in lengths else f"it has {len(digits)} digits, and numbers that begin with {beginning} have {wanted}"
    return "no number here begins so"
