"""Each form of private text, sign by sign: what has it is told, what is one sign away from it is not.

Every number, name and address is made up, or the NHS's or the Department for Education's own example. What the letters of a form may be is
written here a second time, plainly, from the source named beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.content.catalogue import Catalogue
from macros.models.partnership import Area
from macros.models.people import Contact
from macros.models.site import PrivacyAllowed, Pseudonym
from macros.problems import Format, tell
from macros.rules import privacy
from macros.sources.plain_text import place_in, plain
from tests.made_up import SOURCED, catalogue_of, page, read_made_up, table

PAGE = "docs/topics/rain.md"
KIND_OF = {finder.says: finder.kind for finder in privacy.FINDERS}
FIX_OF = {finder.says: finder.fix for finder in privacy.FINDERS}


def catalogue_with(file: str, text: str, *records: Any, lost: Iterable[tuple[str, str]] = ()) -> Catalogue:
    """A catalogue with one text and some records, read by nobody else."""
    names: dict[type[Any], str] = {Contact: "contact", Pseudonym: "pseudonym", PrivacyAllowed: "privacy-allowed", Area: "area"}
    kept: dict[str, dict[str, Any]] = {name: {} for name in names.values()}
    for record in records:
        kept[names[type(record)]][record.id] = record
    return replace(catalogue_of(), texts={file: text}, records=kept, lost=frozenset(lost))


def told(text: str, *records: Any, file: str = PAGE, lost: Iterable[tuple[str, str]] = ()) -> list[tuple[str, int | None, int | None]]:
    """The kind, line and character of everything that is told of a text."""
    problems = list(privacy.check(catalogue_with(file, text, *records, lost=lost)))
    assert all((problem.file, problem.fix) == (file, FIX_OF[problem.says]) for problem in problems)
    return [(KIND_OF[problem.says], problem.line, problem.column) for problem in problems]


def lines_told(kind: str, lines: Iterable[str], *records: Any) -> list[str]:
    """Those texts of which this kind is told, each the only line of a file."""
    written = list(lines)
    catalogue = replace(catalogue_with(PAGE, "", *records), texts={f"docs/{number}.md": line for number, line in enumerate(written)})
    files = {problem.file for problem in privacy.check(catalogue) if KIND_OF[problem.says] == kind}
    return [line for number, line in enumerate(written) if f"docs/{number}.md" in files]


def found(kind: str, text: str) -> list[str]:
    """The very texts of a kind: the list of what may stand names the whole of one."""
    return [private for number, private, _ in privacy._forms_in(text) if privacy.FINDERS[number].kind == kind]


# Numbers ---------------------------------------------------------------------------------------------------


def with_check_digit(nine: str) -> str:
    """NHS Data Model and Dictionary, NHS NUMBER: weights ten to two, eleven less the rest."""
    rest = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11
    return nine + {10: "", 11: "0"}.get(rest, str(rest))


def test_an_nhs_number_is_known_by_its_last_digit() -> None:
    issued = [number for number in (with_check_digit(f"{n:09}") for n in range(943476500, 943476600)) if len(number) == 10]
    assert 80 < len(issued) < 100, "one in eleven is not issued"
    assert lines_told("NHS number", issued) == issued
    wrong = [number[:9] + str((int(number[9]) + 1) % 10) for number in issued]
    assert lines_told("NHS number", wrong) == []


@pytest.mark.parametrize("form", ["{}{}{}", "{} {} {}", "{}-{}-{}", "{}\u00a0{}\u00a0{}", "No. {}{}{}.", "({} {} {})", "{}-{} {}", "a,{}{}{},b"])
def test_an_nhs_number_is_found_as_people_write_it(form: str) -> None:
    assert lines_told("NHS number", [form.format("943", "476", "5919")]) == [form.format("943", "476", "5919")]


@pytest.mark.parametrize("form", ["x{}{}{}", "{}{}{}x", "7{}{}{}", "{}{}{}7", "0.{}{}{}", "{}{}{}.5", "{}/{}/{}", "{}, {}, {}", "{} - - {}{}", "{}----{}{}"])
def test_ten_digits_within_something_longer_are_no_nhs_number(form: str) -> None:
    assert lines_told("NHS number", [form.format("943", "476", "5919")]) == []


def test_a_national_insurance_number_has_letters_that_are_given_out() -> None:
    """HM Revenue and Customs, NIM39110: neither letter is D, F, I, Q, U or V, the second is not O, some pairs are kept back; A to D ends it."""
    pairs = [first + second for first in ascii_uppercase for second in ascii_uppercase]
    given = [p for p in pairs if not set(p) & set("DFIQUV") and p[1] != "O" and p not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")]
    assert lines_told("National Insurance number", (f"{pair}123456A" for pair in pairs)) == [f"{pair}123456A" for pair in given]
    assert lines_told("National Insurance number", (f"AB123456{letter}" for letter in ascii_uppercase)) == [f"AB123456{letter}" for letter in "ABCD"]
    forms = ["ab 12 34 56 c", "AB\u00a012-34-56-C", "(AB12 3456C)"]
    assert lines_told("National Insurance number", forms) == forms
    assert (
        lines_told(
            "National Insurance number", ["ABC123456A", "AB123456CD", "AB 12 34 56 CA", "1AB123456C", "AB12345C", "AB1234567C", "AB, 123456C", "AB123456"]
        )
        == []
    )


@pytest.mark.parametrize("gap", [" ", "\u00a0", "-", ""])
def test_a_national_insurance_number_may_have_gaps(gap: str) -> None:
    for gaps in ({0}, {1}, {2}, {3}, {0, 1, 2, 3}):
        number = "".join(part + (gap if place in gaps else "") for place, part in enumerate(("AB", "12", "34", "56"))) + "C"
        assert found("National Insurance number", f"No. {number}.") == [number.replace("\u00a0", " ")]


def test_every_letter_of_a_pupil_number_is_known() -> None:
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    seen = set()
    for number in range(60):
        for last in ("7", letters[number % 23]):
            twelve = f"8012000{number:04}{last}"
            first = letters[sum(weight * (int(sign) if sign.isdigit() else letters.index(sign)) for weight, sign in enumerate(twelve, 2)) % 23]
            assert found("pupil number", f"it is {first}{twelve}") == [first + twelve]
            seen.add(first)
    assert seen == set(letters)


def test_a_pupil_number_is_known_by_its_first_letter() -> None:
    """Department for Education, Unique pupil numbers: weights two to thirteen, the rest of 23 names a letter without I, O and S."""
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    for twelve in ("801200005001", "123456789012", "80120000500A", "80120000500Z"):
        values = [letters.index(sign) if sign.isalpha() else int(sign) for sign in twelve]
        right = letters[sum(weight * value for weight, value in enumerate(values, 2)) % 23] + twelve
        assert lines_told("pupil number", (letter + twelve for letter in ascii_uppercase)) == [right]
        assert lines_told("pupil number", [right.lower(), f"({right})"]) == [right.lower(), f"({right})"]
        assert lines_told("pupil number", [f"x{right}", f"{right}x", f"{right}0", right[:-1], f"{right[0]} {right[1:]}"]) == []


# Dates of birth --------------------------------------------------------------------------------------------

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
SHORT = [month[:3] for month in MONTHS] + ["Sept"]
DATES = [
    form.format(month)
    for month in [*MONTHS, *SHORT]
    for form in ("3 {} 2015", "3rd {}", "21st of {}", "{} 2015", "{}, 2015", "{} 3rd", "{} 3", "22nd of {}, 2015", "4th {}")
]
DATES += ["03/05/2015", "3.5.15", "3-5-2015", "2015-05-03", "13/05/15"]


def test_every_way_of_writing_a_date_is_known_beside_a_birth() -> None:
    for form in ("born on {}", "{} a boy was born", "{}: two were born"):
        lines = [form.format(date) for date in DATES]
        assert lines_told("date of birth", lines) == lines, form
    near = [
        "born in 2015",
        "born 123 May",
        "born 1/2",
        "born 2015-05",
        "born on day 3",
        "born May",
        "born 33/5",
        "born 2015,05,03",
    ]
    assert lines_told("date of birth", near) == []


WHOLE_DATES = [f"{day} May{year}" for day in ("3", "1st", "2nd", "3rd", "4th", "21st of", "30 of", "22nd", "23rd", "24th") for year in ("", " 2015", ", 2015")]
WHOLE_DATES += ["May 2015", "May, 2015", "May 3", "May 13", "May 1st", "May 2nd", "May 3rd", "May 12th"]
WHOLE_DATES += [
    "3 May '15",
    "May '15",
    "May-2015",
    "3-May",
    "3-May-2015",
    "2015-5-13",
    "2015-05-3",
    "3/5/15",
    "13/12/2015",
    "03.05.2015",
    "3-5-2015",
    "2015-05-13",
]


def test_a_date_is_found_to_its_end() -> None:
    for date in WHOLE_DATES:
        for text in (f"born {date}", f"born on {date}", f"{date} was born", f"{date}, a boy was born"):
            assert found("date of birth", f"Then {text} there") == [text]
    assert found("date of birth", "born" + "," * 30 + "3 May") == ["born" + "," * 30 + "3 May"]
    assert found("date of birth", "born" + "," * 31 + "3 May") == []
    assert found("date of birth", "3 May" + "," * 14 + " was born") == ["3 May" + "," * 14 + " was born"]
    assert found("date of birth", "3 May" + "," * 15 + " was born") == []
    wrong = ["3//15", "123/5/15", "3/123/15", "3/5/1", "2015--13", "2015-123-13", "2015-05- x", "May 'x5", "May '5x"]
    assert [date for date in wrong if found("date of birth", f"Then born {date} there")] == []
    for date in ("3/5/2015", "2015-05-13"):
        assert found("date of birth", f"Then born {date}6 there") == [f"born {date}"]
    assert [birth for birth in ("d. .o.b", "d.o. .b") if found("date of birth", f"{birth} 3 May 2015")] == []
    assert [birth for birth in ("d. o.b", "d.o. b", "d o b", "d. o. b.") if found("date of birth", f"{birth} 3 May 2015") != [f"{birth} 3 May 2015"]] == []
    for text in ("turned 6 on 3 May", "turns six on 3 May 2015", "b. 3/5/2015", "b.3/5/15", "b. 3 May"):
        assert found("date of birth", f"He, {text} then") == [text]
    near = ["returned 6 on 3 May", "3 May xwas born", "123/5/2015 was born", "lb. 3/5/2015", "a.b. 3/5/2015", "b. May 2015"]
    assert [text for text in near if found("date of birth", f"He, {text} then")] == []
    assert found("date of birth", "born May 123") == found("date of birth", "born May 3x") == found("date of birth", "May 3xx was born") == []


def test_every_way_of_naming_a_birth_is_known() -> None:
    names = [
        "born",
        "Born",
        "date of birth",
        "date-of-birth",
        "date_of_birth",
        "dateofbirth",
        "birthday",
        "birth date",
        "birth-date",
        "birth_day",
        "dob",
        "d.o.b.",
        "D.O.B",
        "DOB:",
    ]
    lines = [f"{name} 3 May 2015" for name in names]
    assert lines_told("date of birth", lines) == lines
    near = [
        "stubborn 3 May 2015",
        "bornite 3 May 2015",
        "adob 3 May 2015",
        "dobs 3 May 2015",
        "birth 3 May 2015",
        "births 3 May 2015",
        "newborn 3 May 2015",
        "a date 3 May 2015",
    ]
    assert lines_told("date of birth", near) == []


def test_a_birth_and_a_date_belong_together_within_a_sentence() -> None:
    close = ["born" + " a" * 14 + " 3 May 2015", "born at home, early, on 3 May 2015", "3 May 2015, a twin was born", "3 May 2015 both were born"]
    assert lines_told("date of birth", close) == close
    for divided in (".", ";", "!", "?"):
        assert lines_told("date of birth", [f"born{divided} 3 May 2015", f"3 May 2015{divided} was born"]) == []
    far = [
        "born" + " a" * 16 + " 3 May 2015",
        "3 May 2015 and so it came was born",
        "3 May 2015 born",
        "3 May 2015 was reborn",
        "3 May 2015 was borne",
    ]
    assert lines_told("date of birth", far) == []
    for span in ("between", "from", "since", "before", "after", "BETWEEN"):
        assert lines_told("date of birth", [f"born {span} 3 May 2015 and now"]) == [], "a span of births is nobody's"
    assert told("born\n\n3 May 2015") == told("3 May 2015\n- was born") == []
    assert told("born\n3 May 2015") == told("3 May 2015\nwas born") == [("date of birth", 1, 1)]


# Where people live and how they are reached --------------------------------------------------------------------


def test_a_postcode_has_the_shape_that_is_given_out() -> None:
    """Royal Mail: one or two letters, a digit, perhaps a digit or letter; then a digit and two letters without C, I, K, M, O and V."""
    areas = ["Z9", "Z99", "Z9Z", "ZZ9", "ZZ99", "ZZ9Z"]
    assert lines_told("postcode", (f"{area} 3WZ" for area in areas)) == [f"{area} 3WZ" for area in areas]
    assert lines_told("postcode", (f"Z9 3{letter}Z" for letter in ascii_uppercase)) == [
        f"Z9 3{letter}Z" for letter in ascii_uppercase if letter not in "CIKMOV"
    ]
    assert lines_told("postcode", (f"Z9 3Z{letter}" for letter in ascii_uppercase)) == [
        f"Z9 3Z{letter}" for letter in ascii_uppercase if letter not in "CIKMOV"
    ]
    more = ["GIR 0AA", "z9\u00a03wz", "(Z9 3WZ)", "at Z9 3WZ.", "Z93WZ", "Z9-3WZ", "Z9  3WZ", "Z9 - 3WZ", "Z9.3WZ"]
    assert lines_told("postcode", more) == more
    near = [
        "z93wz",
        "z9-3wz",
        "/Z93WZ",
        "Z93WZ-a",
        "ZZZ9 3WZ",
        "Z999 3WZ",
        "Z9 33WZ",
        "Z9 3W",
        "Z9 3WZZ",
        "Z9, 3WZ",
        "9 3WZ",
        "ZZ 3WZ",
        "aZ9 3WZa",
        "GIX 0AA",
        "#Z93WZ",
        "a-Z93WZ",
        "Z93WZ/a",
    ]
    assert lines_told("postcode", near) == []


def test_the_order_of_days_is_no_postcode() -> None:
    """``Week a1 2nd`` says which day it was; in capitals it is a postcode all the same."""
    assert lines_told("postcode", ["a1 1st", "a1 2nd", "a1 3rd", "a1 4th", "A1 2nd", "a1 2nD"]) == []
    assert lines_told("postcode", ["A1 1ST", "A1 2ND", "a1 2nb"]) == ["A1 1ST", "A1 2ND", "a1 2nb"]


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("01632 960123", True), ("0163 2960 123", True), ("(01632) 960123", True), ("(0) 1632 960123", False), ("01632.960-123", True), ("016 32 96 01 23", True),
        ("01632\u00a0960123", True), ("+441632960123", True), ("+44 1632 960123", True), ("+44 (0)1632 960123", True), ("0044\u00a01632 960123", True), ("+44(0) 1632 960123", True),
        ("+353 1 234 5678", True), ("+1 (202) 555.0123", True), ("+12 34567890", True), ("+12 345678", False), ("+1 234567890123", True), ("+1 23456789012345", False),
        ("0163296012", True), ("016329601", False), ("016329601234", False), ("00632 960123", False), ("1632 960123", False), ("x01632 960123", False), ("01632 960123x", False),
        ("+01632 960123", False), ("1.01632960123", False), ("01632960123.5", False), ("01632   960123", True), ("01632 - 960123", True), ("01632 -- - 960123", False), ("01632/960123", False), ("+441632960123x", False), ("+4416329601", True),
        ("44 1632 960123", False), ("+44  1632 960123", True), ("+44 1632  960123", True), ("a+353 1 234 5678", False), ("+044 1632 960", False), ("tel:01632 960123.", True),
    ],
)  # fmt: skip
def test_a_phone_number_has_its_digits_and_no_more(number: str, is_one: bool) -> None:
    assert lines_told("phone number", [f"Ring {number}"]) == ([f"Ring {number}"] if is_one else [])


@pytest.mark.parametrize(
    ("address", "kinds"),
    [
        ("rain@weather.example", {"e-mail address"}),
        ("rain.gauge@weather.example", {"e-mail address of a person"}),
        ("rain.o'gauge2@weather.example", {"e-mail address of a person"}),
        ("rain2.gauge-vane@weather-office.org.example", {"e-mail address of a person"}),
        ("r.gauge@weather.example", {"e-mail address"}),
        ("rain.2@weather.example", {"e-mail address"}),
        ("rain22.gauge@weather.example", {"e-mail address"}),
        ("rain.gauge22@weather.example", {"e-mail address"}),
        ("rain.g@weather.example", {"e-mail address"}),
        ("rain.gauge.vane@weather.example", {"e-mail address"}),
        ("rain+gauge@weather.example", {"e-mail address"}),
        ("a-rain.gauge@weather.example", {"e-mail address"}),
        ("RAIN.GAUGE@WEATHER.EXAMPLE", {"e-mail address of a person"}),
        ("rain.gauge [at] weather.example", {"e-mail address of a person"}),
        ("rain.gauge(AT)weather.example", {"e-mail address of a person"}),
        ("rain [At] weather.example", {"e-mail address"}),
        ("rain(at)weather.example", {"e-mail address"}),
        ("rain at weather.example", set()),
        ("rain  [at]  weather.example", {"e-mail address"}),
        ("rain [ at ] weather.example", set()),
        ("rain.gauge at weather.example", {"e-mail address of a person"}),
        ("rain.gauge at weather", set()),
        ("rain dot gauge at weather dot example", {"e-mail address of a person"}),
        ("rain [dot] gauge @ weather (dot) example", {"e-mail address of a person"}),
        ("rain@weather", set()),
        ("@weather.example", set()),
        ("rain@.example", set()),
        ("rain@a_b.c-d.example", {"e-mail address"}),
    ],
)
def test_an_e_mail_address_is_a_persons_where_it_has_two_names(address: str, kinds: set[str]) -> None:
    assert {kind for kind, _, _ in told(f"Write to {address}, please")} == kinds


@pytest.mark.parametrize(
    "address",
    ["ra.gauge@a-b.c-d.example", "rain.o'gauge-vane@weather.example", "rain.gauge@weather", "rain.gauge@weather.", "+rain.gauge@weather.example", "'rain.gauge@weather.example", "r'ain+a.b-c@a-b.c-d.example", "rain@weather.example.", "r@a.b.c.d"],
)  # fmt: skip
def test_an_address_is_found_to_its_end(address: str) -> None:
    """Neither sign of a sentence around it belongs to it, and a person's has two names and nothing before them."""
    persons = {"ra.gauge@a-b.c-d.example", "rain.o'gauge-vane@weather.example"}
    others = {"rain.gauge@weather": [], "rain.gauge@weather.": [], "rain@weather.example.": ["rain@weather.example"]}
    assert found("e-mail address of a person", f"To {address} now") == ([address] if address in persons else [])
    assert found("e-mail address", f"To {address} now") == others.get(address, [address])


def test_a_phone_number_is_found_to_its_end() -> None:
    for number in (
        "01632 960001",
        "(01632) 960001",
        "+441632960001",
        "+44 1632 960001",
        "+44 (0)1632 960001",
        "+44 (0) 1632 960001",
        "0044(0)1632960001",
    ):
        assert found("phone number", f"Ring {number} now") == [number]
    for number in ("+353-1632-960001", "+123456789", "+12345678901234", "01632((960001"):
        assert found("phone number", f"Ring {number} now") == [number]
    for number in ("+353_1_234_5678", "+353 - 1 234 5678"):
        assert found("phone number", f"Ring {number} now") == [number]
    for number in ("01632----960123", "+353----12345678", "+12345678", "+123456789012345", "++123456789", "a+123456789", "+1234,56789", "+353/1632/960001"):
        assert found("phone number", f"Ring {number} now") == []


def test_a_line_with_a_hint_is_looked_through_once_and_no_other_line_is() -> None:
    text = "xa x\nb\ncxx\nx"
    for hints in ((re.compile("x"),), ("x",), ("x", re.compile("a"))):
        assert [text[start:end] for start, end in privacy._lines_with(hints, text, text)] == ["xa x", "cxx", "x"]
        assert list(privacy._lines_with(hints, "\n\n", "\n\n")) == []
    assert [start for start, _ in privacy._lines_with(("x",), "\nX", "\nx")] == [1], "a text is looked for in small letters"


# Children --------------------------------------------------------------------------------------------------


def test_an_age_to_the_week_or_day_is_told_and_a_span_of_time_is_not() -> None:
    amounts = [
        "1",
        "12",
        "120",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fifteen",
        "nineteen",
        "twenty",
        "twenty-one",
        "six and a half",
        "1.5",
    ]
    told_of = [f"{amount} {unit} old" for amount in amounts for unit in ("week", "weeks", "day", "days", "month", "months", "mths", "wks")]
    told_of += [f"aged {amount} weeks" for amount in amounts] + [f"{amount} years and {amount} months old" for amount in amounts]
    told_of += [
        "6-week-old",
        "6 days of age",
        "aged 6-days",
        "age 6 weeks",
        "aged just 6 weeks",
        "aged only 6 days",
        "age of 6 days",
        "aged about 6 weeks",
        "AGED SIX WEEKS",
    ]
    told_of += [
        "6 weeks olds",
        "a month old",
        "half a year and 6 months old",
        "14y 3m",
        "14yrs 3mths",
        "14 Years 3 Months",
        "6 years and 1 month",
        "after 6 years, 1 month",
    ]
    told_of += ["6 year, 1 month old", "6 years, and 1 month of age", "6 years 1 month old", "aged 6 years, 1 month", "aged 6 year 11 months"]
    assert lines_told("exact age", told_of) == told_of
    told_of = [
        "6weeks old",
        "8mo old",
        "3yr 4mo",
        "aged 14 and three quarters",
        "14½ years old",
        "14 1/2 years old",
        "aged fourteen and a half",
        "a year and a half old",
    ]
    assert lines_told("exact age", told_of) == told_of
    near = [
        "6 weeks",
        "under 6 weeks old",
        "until 6 months old",
        "for babies over 3 months old",
        "x6 weeks old",
        "6 years old",
        "aged 6",
        "aged 6 years",
        "aged6 weeks",
    ]
    near += [
        "6 weeks oldest",
        "6 weeks of agenda",
        "teenaged 6 weeks",
        "aged under 6 weeks",
        "6 years and 6 weeks",
        "6 yearsand 1 month",
        "6 hours old",
        "6 years and a month",
    ]
    assert lines_told("exact age", near) == []


def each(words: str) -> list[str]:
    """Words that are parted by blanks; an underscore is a blank within one."""
    return [word.replace("_", " ") for word in words.split()]


def test_an_age_is_known_in_every_unit_fraction_and_word() -> None:
    numbers = each("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty")
    ages = [f"{number} weeks old" for number in [*numbers, "twenty-one", "twenty two", "thirty-nine"]]
    ages += [f"6 {unit} old" for unit in each("week weeks wk wks day days month months mth mths mo mos m wk. wks. mth. mths.")]
    ages += [f"6 years 3 {unit} old" for unit in each("month months mth mths mth. mths. mo mos m")]
    ages += [f"6 {unit} 3 months old" for unit in each("year years yr yrs yr. yrs. y")]
    halves = [*each(".5 -and-a-half -and-a_half -and_a_half"), " and a-half", " and-a half", " 1/2", "1/2", " and a half"]
    ages += [f"aged 6{part}" for part in [*halves, " and a quarter", " and three quarters", " and three-quarters", "-and-three-quarters"]]
    assert [age for age in ages if found("exact age", f"He is {age} now") != [age]] == []


def test_an_age_is_found_with_every_way_of_joining_its_parts() -> None:
    ages = [
        "a-week old",
        "half a week old",
        "half a-week old",
        "6-years 3-months",
        "6years 3months",
        "6 years-and-3 months",
        "6 years-3 months",
        "6.5 year old",
    ]
    ages += ["14.5-year-old", "6 and a half year olds", "6.5 years of age", "6.5-years-old", "6.5-years of age", "six years and a half old", "6weeks old"]
    ages += ["age 6 years 3 months", "aged 6 years 3 months", "a year and a half old"]
    assert [age for age in ages if found("exact age", f"He is {age} now") != [age]] == []
    near = ["6 years and a half oldest", "6.5 years older", "x6.5 years old", "x6 years and a half old", "managed 6 weeks", "aged 6.5x", "6.5 years of agenda"]
    near += [f"{word} 6 weeks old" for word in each("under over until than least from first to by every before after")]
    assert [age for age in near if found("exact age", f"it is {age} now")] == []
    assert found("exact age", "He managed 6 years 3 months") == ["6 years 3 months"]


def test_a_line_runs_on_unless_the_next_begins_something() -> None:
    begins = ["- b", "+ b", "* b", "# b", "| b", "1. b", "12) b", "123456789. b", "b-c: d", "b:", "\t- b", "> - b", ">- b", " - b", "x | y", "", "\t"]
    assert [line for line in begins if "\n" not in plain(f"a\n{line}")] == []
    assert [plain(f"a\n{line}") for line in ("1234567890. b", "1b", ". b", " \t> b", "b c: d", "b:c")] == [
        "a 1234567890. b", "a 1b", "a . b", "a b", "a b c: d", "a b:c"
    ]  # fmt: skip


def test_emphasis_escapes_and_what_is_spelt_out_are_read_at_each_sign() -> None:
    for written, read in {
        "_a_ b__c": "a b_c",
        r"\x4a\x4A \u004a\u004A \U0000004a\U0000004A": "JJ JJ JJ",
        "kim.kite at a-b.Example": "kim.kite@a-b.Example",
        "kim.kite at a.example": "kim.kite@a.example",
        "kim.kite at .example": "kim.kite at .example",
        "a [dot] b[dot]c a(dot)b (dot)c": "a.b.c a.b.c",
    }.items():
        assert plain(written) == read


def test_what_is_called_like_an_organisation_is_nobody() -> None:
    words = each(
        "Executive Council Partner Partners Partnership Team Office Board Group Service Services Trust Police Academy College Unit Hub Door Line Health"
    )
    words += each("Care Agency Authority Commission Commissioning Safeguarding Child Children Family Families Youth Neglect Abuse Crime Education Learning")
    words += each("Protection Exploitation Early_Help Public Social Domestic National Local All Task Plan Strategy Review England Designated Named Chief")
    words += each("Independent Support Advice Aid Society Foundation Association Network Forum Centre Hospital University Operation Project Programme Working")
    words += each("Court Charity Charities House Road Street Park Town Hall South Edge High Federation School")
    assert [word for word in words if found("name of a person", f"Here Puddle {word} is the lead")] == []
    assert found("name of a person", "Here, Puddle Teamster is the lead")


def test_every_way_of_speaking_of_one_child_is_known_beside_a_school() -> None:
    ones = each("A An The This These One Two Both Her His Their")
    children = [f"{one} girl" for one in [*ones, *map(str.lower, ones)]]
    kinds = each("boy girl child pupil student baby infant toddler teenager youth person son daughter brother sister sibling twin")
    children += [f"one {child}" for kind in kinds for child in (kind, f"young {kind}", f"{kind}s")]
    children += ["aged 6", "age 6", "6 years", "6-year", "6 yrs", "6 y", "6yo", "6 yo", "Year 6 pupil", "his nursery", "Her playgroup", "child's school"]
    children += ["boy's college", "girl's school", "Kim attends", "Kim goes to", "Kim went to", "excluded him", "excluded her"]
    children += [
        "his school",
        "His school",
        "her nursery",
        "Her nursery",
        "16yo",
        "year 12 pupil",
        *(f"Year 12 {kind}" for kind in each("boy girl child pupil student")),
    ]
    assert [child for child in children if found("school of a child", f"Then {child} at Gale Hill Academy") != [f"{child} at Gale Hill Academy"]] == []
    kinds = each("Primary Infant Infants Junior Nursery Playgroup High Secondary Grammar Academy Pre-school Pre-School School College")
    schools = [*(f"Gale {kind}" for kind in kinds), "St Gale High", "St. Gale High", "Saint Gale High", "Gale Top Low End Moor High"]
    assert [school for school in schools if found("school of a child", f"Then one girl at {school} now") != [f"one girl at {school}"]] == []
    assert found("school of a child", "Then one girl at Gale Highx") == []
    for signs, kinds_told in ((198, {"school of a child"}), (199, set())):
        for text in (f"one girl {'x' * signs} Gale High", f"Gale High {'x' * signs} one girl"):
            assert {kind for kind, _, _ in told(text)} == kinds_told, signs
    near = ["Year 123 pupil", "Year pupil", "xYear 6 pupil", "Year 6 pupils", "116yo", "yo", "xhis school", "his schools", "unexcluded him", "excluded hers"]
    near += ["Kim attendsx", "managed 6", "Idea girl", "x6 years", "6 yearsx", "aged 6x", "one girlx", "xone girl", "6 yox"]
    assert [child for child in near if found("school of a child", f"Then {child} at Gale Hill Academy")] == []


def test_every_kind_of_street_is_known() -> None:
    streets = each("Street Road Avenue Close Lane Drive Crescent Grove Gardens Terrace Mews Way Walk Square St Rd Ave Cres")
    streets += [street.upper() for street in streets]
    assert [street for street in streets if found("street address", f"in 12 Kite {street} now") != [f"12 Kite {street}"]] == []


def test_every_title_is_known_and_no_word_that_ends_like_one() -> None:
    titles = each(
        "Mr Mrs MR MRS mr mrs Cllr Ms Miss MISS Mx Dr DR Prof Professor Sir Dame Lord Lady Baroness HHJ Judge Rev Revd Reverend Fr Imam Councillor Coun"
    )
    titles += each("Alderman Messrs PC PPC WPC PCSO DC DS DI DCI Sgt Sergeant Constable Insp Inspector Supt Superintendent")
    assert [title for title in titles if found("name of a person", f"Ask {title} Gale now") != [f"{title} Gale"]] == []
    assert [name for name in ("Palmr Gale", "xDr Gale", "dr gale", "mr 2") if found("name of a person", f"Ask {name} now")] == []
    assert found("name of a person", "Ask Mrs O'Gale-Vane now") == ["Mrs O'Gale-Vane"]
    posts = each("chair vicechair vice-chair vice_chair lead head headteacher head_teacher manager worker visitor officer teacher nurse midwife doctor GP")
    posts += each("coordinator co-ordinator director commissioner governor scrutineer trainer speaker author owner mother father parent carer Owner")
    assert [post for post in posts if found("name of a person", f"Our {post}: Kim Gale now") != [f"{post}: Kim Gale"]] == []
    ways = each("chaired_by written_by led_by delivered_by signed_by looked_after_by signed signed: contact contact: ask_for speak_to son_of daughter_of late")
    ways += [way.replace(" by", " by the") for way in ways if way.endswith(" by")]
    ways += [way.capitalize() for way in ways]
    assert [way for way in ways if found("name of a person", f"It was {way} Kim Gale now") != [f"{way} Kim Gale"]] == []
    assert found("name of a person", "it is Kim-lee Gale is the chair") == ["Kim-lee Gale is the chair"]
    said = ["Kim Gale as the lead", "Kim Gale heads the", "Kim Gale chaired our", "Kim Gale leads this", "Kim Gale chairs the", "Kim Gale was our new big lead"]
    said += ["Mrs Kim A. O'Gale-Vane", "Mrs Gale K", "Kim Gale, the lead", "Kim Gale, The lead", "Kim Gale: our lead", "Kim Gale: Our lead"]
    said += ["Kim Gale-Vane is the chair", "Kim-Lee Gale, the lead", "Kim O'Gale-Vane chairs the"]
    said += ["Jo Gale is the chair", "Kim Ox heads the", "Kim McGale is the chair", "MacKim O'Gale, the lead", "Jo DeGale-Vane chairs the"]
    said += ["Kim van der Gale is the chair", "Kim de la Gale, the lead", "Kim bin Gale heads the", "Jo al Gale: our lead"]
    said += ["Kim Gale (the new lead", "Kim Gale - very best-ever lead", "Kim Gale,lead"]
    assert [words for words in said if found("name of a person", f"then {words} now") != [words]] == []
    near = ["Kim Gale was our very new big lead", "Kim Gale is the leading", "xKim Gale is the lead", "Kim Gale, one two three lead", "Kim Gale, leader"]
    near += [f"{word.capitalize()} Gale is the chair" for word in each("am an as at be by do go he if in is it me my no of on or so to up us we")]
    near += ["Kim on Gale is the chair", "Kim vander Gale is the chair"]
    near += ["xKim Gale, lead", "Kim Gale leads theory", "mislead: Kim Gale", "relate Kim Gale"]
    assert [words for words in near if found("name of a person", f"then {words} now")] == []
    assert [name for name in each("Łukasz_Gałe Søren_Gale Đan_Gale Æthel_Gale Gale_Großkopf") if not found("name of a person", f"then {name}, lead")] == []
    for middle in ("A ", "A. ", ""):
        assert found("name of a person", f"here kim, Kim {middle}Gale is the chair") == [f"Kim {middle}Gale is the chair"]


AMOUNTS = ["1", "12", "120", *["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]]


def test_an_age_is_found_to_its_end() -> None:
    for amount in AMOUNTS:
        ages = [f"{amount} {unit} old" for unit in ("week", "weeks", "day", "days")]
        ages += [f"{prefix} {amount} {unit}" for prefix in ("age", "aged", "aged just") for unit in ("week", "weeks", "day", "days")]
        ages += [f"{amount} years and 6 months old", f"6 years {amount} months of age", f"aged {amount} years and 6 months", f"aged 6 years, {amount} month"]
        for age in ages:
            assert found("exact age", f"He was {age} then") == [age]
    near = ["a1 week old", "1234 weeks old", "aged 1234 weeks", "aged 6 weeksx", "aged 6 daysx", "x1 year 1 months", "1234 years 1 months"]
    near += [
        "6 years 1234 months old",
        "aged 1234 years 1 month",
        "aged 6 years 1234 months",
        "aged 6 years 1 monthx",
    ]
    near += ["aged weeks", "aged  weeks", "aged  years 1 month", "aged 6 years  months", "6 years  months old"]
    assert {text: private for text in near if (private := found("exact age", text))} == {}


PEOPLE = ["Child", "child", "Baby", "Sibling", "Twin", "Family", "Adult", "Mother", "Father", "Young Person", "Young person"]


def test_a_name_for_a_child_is_told_unless_the_register_has_it() -> None:
    names = [f"{person} {letter}" for person in PEOPLE for letter in ascii_uppercase if letter != "I" or person == "Child"]
    assert lines_told("pseudonym", [f"about {name}" for name in names]) == [f"about {name}" for name in names]
    near = [
        "child I know",
        "Baby I know",
        "Grandchild X",
        "Child",
        "Child 7",
        "Child Xa",
        "Child X77",
        "baby x",
        "Person X",
        "Aunt X",
        "the child a",
        "Children X",
    ]
    assert lines_told("pseudonym", near) == []
    assert lines_told("pseudonym", ["Child X7", "Child X.", "(Child X)"]) == ["Child X7", "Child X.", "(Child X)"]


def pseudonym(name: str) -> Pseudonym:
    return Pseudonym.model_validate({"id": name.lower().replace(" ", "-"), "name": name, "review": "storm", **SOURCED})


@pytest.mark.parametrize(
    ("text", "registered", "is_told"),
    [
        ("Child Q", ["Child Q"], False),
        ("child Q", ["Child Q"], False),
        ("Child Q", ["Child R"], True),
        ("Child Q", ["Baby Q"], True),
        ("Child Q1", ["Child Q1"], False),
        ("Child Q1", ["Child Q"], True),
        ("Young Person Q", ["Young Person Q"], False),
        ("Child Q and R", ["Child Q"], True),
        ("Child Q and R", ["Child Q", "Child R"], False),
        ("Child Q & R2", ["Child Q", "Child R2"], False),
        ("Child Q & R2", ["Child Q", "Child R"], True),
        ("Child Q, R and S", ["Child Q", "Child S"], True),
        ("Child Q, R and S", ["Child Q", "Child R", "Child S"], False),
        ("Child Q, R3, S and T", ["Child Q", "Child S", "Child T"], True),
        ("Child Q and Ruth", ["Child Q"], False),
        ("Child Q, R", ["Child Q"], False),
    ],
)
def test_every_name_in_a_row_of_names_must_be_in_the_register(text: str, registered: list[str], is_told: bool) -> None:
    assert bool(told(text, *map(pseudonym, registered))) is is_told


# What may stand --------------------------------------------------------------------------------------------


def contact(kind: str, value: str) -> Contact:
    more = {
        "id": f"c-{len(value)}",
        "title": "C",
        "says": "Ring.",
        "order": 1,
        "last_seen": "date not given",
        "seen_at": "Nowhere",
        "owner": "office",
        "review_by": "2027-05-20",
    }
    return Contact.model_validate({**more, "kind": kind, "value": value})


@pytest.mark.parametrize("kind", ["phone", "emergency"])
def test_a_contacts_number_may_stand_however_it_is_written(kind: str) -> None:
    office = contact(kind, "01632 960001")
    ways = ["01632 960001", "(01632) 960 001", "+44 1632 960001", "+44 (0)1632 960001", "0044 1632 960001", "0044 (0) 1632 960001"]
    assert lines_told("phone number", ways, office) == []
    assert lines_told("phone number", ways) == ways
    assert lines_told("phone number", ["01632 960002", "+353 1632 960001"], office) == ["01632 960002", "+353 1632 960001"]
    assert lines_told("phone number", ["0441632960"], contact(kind, "0441632960")) == [], "ten digits are dialled as they are"
    assert lines_told("phone number", ["01632 960001"], contact("form", "https://01632-960001.example")) == ["01632 960001"]


def test_a_contacts_address_may_stand_and_a_persons_is_told_once_even_so() -> None:
    assert told("RAIN@weather.example", contact("email", "rain@Weather.example")) == []
    assert told("wind@weather.example", contact("email", "rain@weather.example")) == [("e-mail address", 1, 1)]
    assert told("rain.gauge@weather.example", contact("email", "rain.gauge@weather.example")) == [("e-mail address of a person", 1, 1)]


def test_the_name_of_an_area_is_nobodys_and_no_childs_school() -> None:
    area = Area(id="puddleshire", title="Puddleshire East")
    for kind, text in (("name of a person", "Upper Puddleshire is the lead"), ("school of a child", "A girl was at Puddleshire Hill Academy")):
        assert {of for of, _, _ in told(text)} == {kind}, text
        assert told(text, area) == []
        assert {of for of, _, _ in told(text.replace("Puddleshire", "East"), area)} == {kind}, "the first word of its name is known"
    assert told("Child P", area) == [("pseudonym", 1, 1)]
    assert told("Puddleshire, Z9 3WZ", area) == [("postcode", 1, 14)]


def allowed(kind: str, text: str, files: list[str] | None = None, review_by: str = "2027-11-20") -> PrivacyAllowed:
    more = {"reason": "Made up.", "owner": "office", "review_by": review_by}
    return PrivacyAllowed.model_validate({"id": "a", "kind": kind, "text": text, "files": files or [], **more})


def test_an_exception_holds_for_its_kind_text_and_files() -> None:
    shed = allowed("postcode", "ZZ99 3WZ")
    assert told("ZZ99 3WZ") == [("postcode", 1, 1)]
    assert told("ZZ99 3WZ", shed) == told("zz99\u00a03wz", shed) == told("ZZ99  *3WZ*", shed) == []
    assert told("ZZ99 3WA", shed) == told("ZZ99 3WZ", allowed("phone number", "ZZ99 3WZ")) == [("postcode", 1, 1)]
    here = allowed("postcode", "zz99   3wz", [PAGE])
    assert told("ZZ99 3WZ", here) == told("ZZ99 3WZ", here, file=privacy.ALLOWED) == []
    assert told("ZZ99 3WZ", here, file="docs/index.md") == [("postcode", 1, 1)]


@pytest.mark.parametrize(
    ("lost", "left"),
    [
        (set(), {"phone number", "e-mail address", "e-mail address of a person", "pseudonym", "postcode"}),
        ({("contact", "*")}, {"pseudonym", "postcode"}),
        ({("pseudonym", "child-q")}, {"phone number", "e-mail address", "e-mail address of a person", "postcode"}),
        ({("privacy-allowed", "*")}, set()),
        ({("theme", "*")}, {"phone number", "e-mail address", "e-mail address of a person", "pseudonym", "postcode"}),
    ],
)
def test_nothing_is_told_against_a_list_that_could_not_be_read(lost: set[tuple[str, str]], left: set[str]) -> None:
    text = "01632 960001\nrain@weather.example\nrain.gauge@weather.example\nChild X\nZZ99 3WZ"
    assert {kind for kind, _, _ in told(text, lost=lost)} == left


def test_the_line_and_the_character_are_those_of_the_text() -> None:
    assert told("Rain\n\nat ZZ99 3WZ and ZZ99 3WZ\nChild X\n") == [("postcode", 3, 4), ("postcode", 3, 17), ("pseudonym", 4, 1)]
    assert told("Rain  \n   at ZZ99 3WZ") == [("postcode", 2, 7)], "a sentence goes on in the next line"
    assert told("Rain  \n   at ZZ99 3WZ", file="data/tables/rain.csv") == [("postcode", 2, 7)], "a row does not"


@pytest.mark.parametrize(
    ("heading", "rows", "lines"),
    [
        ("owner,date_of_birth", ["Ford,2015-05-03", "Hill,not stated in the source", "Moor,3 May 2015"], [2, 4]),
        ("Birthday,owner", ["2015-05-03,Ford"], [2]),
        ("dob,owner,born", ["3 May,Ford,2015-05-04"], [2, 2]),
        ("owner,seen", ["Ford,2015-05-03"], []),
        ("owner,date_of_birth", ['Ford,"03/05/2015"'], [2]),
        ("born,owner", ["3 MAY 2015,Ford"], [2]),
        ("seen,born", ["2015-05-03,not stated in the source"], []),
    ],
)
def test_a_column_of_birthdays_is_told_by_its_heading(heading: str, rows: list[str], lines: list[int]) -> None:
    text = "\n".join([heading, *rows]) + "\n"
    problems = list(privacy.check(catalogue_with("data/tables/owners.csv", text)))
    assert [(problem.line, KIND_OF[problem.says]) for problem in problems] == [(line, "date of birth") for line in lines]
    assert all(problem.field in heading.split(",") and "birth" in problem.says for problem in problems)
    assert told(text, allowed("date of birth", "2015-05-03", ["data/tables/owners.csv"]), file="data/tables/owners.csv") == [
        ("date of birth", line, None) for line in lines if "2015-05-03" not in text.split("\n")[line - 1]
    ]


def test_an_exception_is_looked_at_again_and_a_review_uses_a_registered_name(tmp_path: Path) -> None:
    review: dict[str, Any] = {"age_band": "baby", "agencies": ["Office of rain"], "kind": "joint thematic review", "published": "2021"}
    entries = [
        allowed("postcode", "ZZ99 3WZ", review_by=day).model_dump(mode="json") | {"id": name} for name, day in (("late", "2026-11-19"), ("today", "2026-11-20"))
    ]
    files = {
        "data/privacy_allowed.yml": entries,
        "data/pseudonyms.yml": [pseudonym("Child Q").model_dump()],
        "docs/learning/reviews/storm.md": page("Storm", pseudonym="Child Q and others", **review),
        "docs/learning/reviews/flood.md": page("Flood", pseudonym="Kim", **review),
        "docs/learning/reviews/gale.md": page("Gale", pseudonym="No name was given", **review),
    }
    catalogue = read_made_up(tmp_path, files)
    assert [(problem.where, problem.says, problem.severity) for problem in privacy.check(catalogue)] == [
        ("docs/learning/reviews/flood.md, line 11, pseudonym", "A name for a child stands here that is not in the register of pseudonyms.", "error"),
        ("data/privacy_allowed.yml, line 7, review_by", "This exception was to be looked at again by now.", "warning"),
    ]
    assert [problem.fix for problem in privacy.check(catalogue)] == [privacy.FINDERS[-1].fix, "Decide again, and write a new date; or delete the entry."]
    assert [problem.severity for problem in privacy.check(replace(catalogue, lost=frozenset({("pseudonym", "*")})))] == ["warning"]


# As people write it -----------------------------------------------------------------------------------------

# Each is told, as the kind named; the words around it stand for what an editor might write.
PRIVATE = {
    "NHS number": [
        "Her number is 943 476 5919.",
        "NHS no 9434765919, held by the surgery",
        "943-476-5870",
        "9-4-3-4-7-6-5-9-1-9",
    ],
    "National Insurance number": ["NI: AB 12 34 56 C", "ab123456c", "AB 123456 C", "JG103759A"],
    "pupil number": ["UPN B801200005001", "upn: b801200005001."],
    "date of birth": [
        "born on 3 May 2015",
        "Born 03/05/2015",
        "She was born prematurely at home on the 3rd of May 2015.",
        "DOB: 3.5.15",
        "D.O.B. 2015-05-03",
        "date of birth: 3rd May",
        "date_of_birth: 2015-05-03",
        "On 3 May 2015 a boy was born.",
        "born in March 2015",
        "birthday is May 3rd",
    ],
    "postcode": ["They live at ZZ99 3WZ now.", "zz99 3wz", "M1 1AE", "EC1A 1BB", "GIR 0AA", "ZZ99\u00a03WZ"],
    "street address": ["They live at 12 Made Up Lane now.", "4 Kite Street", "Flat 2, 14A Kite's Hill Rd.", "9, KITE ROAD", "112b St. Kite-Hill Crescent"],
    "phone number": [
        "Ring 01632 960123.",
        "(01632) 960 123",
        "+44 1632 960123",
        "+44 (0)1632 960123",
        "0044 1632 960123",
        "07700 900123",
        "07700-900-123",
        "020 7946 0958",
        "01632.960.123",
        "+353 1 234 5678",
    ],
    "e-mail address": ["Write to office@kites.example.org.", "kites+strings@kites.example", "office [at] kites.example.org"],
    "e-mail address of a person": ["kim.kite@example.org", "Kim.O'Kite@example.org", "kim.kite (at) example.org"],
    "exact age": [
        "a baby of six weeks old",
        "a 6-week-old baby",
        "aged just 19 days",
        "at 11 days old",
        "3 weeks of age",
        "aged 4 years and 7 months",
        "2 years, 1 month old",
        "Ethan (14 years and 3 months)",
        "a boy of 3 months old",
        "an eighteen-month-old girl",
        "14y 3m at the time",
    ],
    "name of a person": [
        "role: Dr Helen O'Kite is the lead",
        "Ask Mrs Jane Kite.",
        "Mr. J. Kite",
        "mrs kite",
        "Mrs Caroline Kite",
        "Dr Unity",
        "Cllr Kite opened it",
        "Prof. Ann Kite",
        "owner: Jane Kite",
        "chair: Jane Ann Kite",
        "Jane O'Kite is the lead",
        "Kim Kite was our social worker",
    ],
    "school of a child": [
        "A girl left St Mary's Primary last year.",
        "She is a 9-year-old at Kite Hill Academy.",
        "At Saint Kite's CofE Primary School they saw that the boy came late.",
        "His mother said that the pupil had been at Rainow Nursery.",
        "Kite High School, where a child aged 14 was seen",
    ],
    "pseudonym": ["Child Z had a kite.", "about Child Q and Z", "Family B", "Baby Y's kite", "child Z", "Young Person R"],
}

# None of these says who somebody is, though each is near to it.
HARMLESS = [
    "943 476 5918",  # the last digit does not fit
    "The total was 1234567890123.",
    "1.9434765919",
    "BG 12 34 56 C and GB123456A are letters that are not given out",
    "AB 12 34 56 E",
    "A801200005001",
    "We met on 3 May 2015. A new group was born.",
    "children born between 1 September 2010 and 31 August 2011",
    "new birth visits were made face to face from 1 June 2020",
    "born in 2015",
    "part a1 2nd, and b2 4th",
    "from 2019/20 to 2022-23, 0.1234567890, 01/12/2026, 2026-11-20",
    "Ring 999, 101 or 0800 1111.",
    "version 0.10.20.30.40.50",
    "seen @example, at 5@",
    "within 45 working days, 6 weeks after the visit, 10-day time limit",
    "a young child, a two-year-old",
    "Child Q was first.",
    "The child I know. Child protection. Child and family.",
    "A child in need, plan B, group A",
    "Miss nothing. Dr on the wall means doctor. Sir, please. The Revised plan. Prof it is.",
    "babies under 6 months old, until 12 months old, every 3 months",
    "The council is the lead. Rain Office Team is the lead. lead: Rain Council",
    "Children at Rainow Primary School learn to swim.",
    "A child goes to a Primary School. Every Primary School has one child.",
    "Sir William Kite Community School",
    "See the page at example.org, or look at gov.uk for more.",
    "2017-18 2018-19, 10.30 to 11.45, 1 2 3 4 5 6",
    "In 2023 Park Lane was closed. By road 12 Kites. 14 ways. 3 in Kite Street, 2.5 Kite Road, a/14 Kite Road, 14 Streets, 7 Kite Waymark, 5 Hill Kite Rain Gale Road",
]


def test_every_kind_of_private_text_has_its_cases() -> None:
    assert set(PRIVATE) == set(KIND_OF.values())


@pytest.mark.parametrize("kind", PRIVATE)
def test_private_text_is_told_where_it_stands_and_never_repeated(kind: str) -> None:
    finder = next(finder for finder in privacy.FINDERS if finder.kind == kind)
    styles: tuple[Format, ...] = ("text", "github", "json")
    for text in PRIVATE[kind]:
        match = finder.looks.search(plain(f"Here: {text}"))
        assert match, text
        problems = list(privacy.check(catalogue_with(PAGE, f"A line before.\n\nHere: {text}\n", pseudonym("Child Q"))))
        assert [(p.file, p.line, p.column, p.says) for p in problems] == [(PAGE, 3, match.start() + 1, finder.says)], text
        assert not any(match.group() in tell(problems, style) for style in styles)


def test_what_names_nobody_passes() -> None:
    assert {text: kinds for text in HARMLESS if (kinds := told(f"\n{text}\n", pseudonym("Child Q"), contact("phone", "0800 1111")))} == {}


# The same texts as they come from a word processor, a spreadsheet, a letter or somebody who means to be clever.
SET = {
    "NHS number": [
        "943 476 5919", "943\u2013476\u20135919", "943\u2009476\u20095919", "943  476  5919", "943 476\n5919", "943&nbsp;476&nbsp;5919", "**943** 476 5919", "943*476*5919",
        "94**3476**5919", "943\\ 476\\ 5919", "943\\-476\\-5919", "943&shy;4765919", "943&#8203;476&#8203;5919", "943&#x2009;476&thinsp;5919", "９４３ ４７６ ５９１９", "٩٤٣ ٤٧٦ ٥٩١٩",
        "⁹⁴³ ⁴⁷⁶ ⁵⁹¹⁹", "𝟗𝟒𝟑 𝟒𝟕𝟔 𝟓𝟗𝟏𝟗", "943 – 476 – 5919", "943.476.5919", "943·476·5919", "(943) 476 5919", "9 4 3 4 7 6 5 9 1 9", "94347 65919", "943_476_5919", "__943__ 476 5919",
        "943\u2011476\u20115919", "943 476\n> 5919", "943 476  \n   5919", "==943== 476 ~~5919~~", "943`476`5919", '"943\\u00a0476\\u00a05919"', '"\\x3943 476 5919"', "943&ndash;476&#8211;5919",
        "９43 4７6 5919", "943\t476\t5919", "943\u20603476\u20605919".replace("3476", "476"),
    ],
    "phone number": [
        "07700–900–123", "07700 – 900 – 123", "07700\n900123", "07700&nbsp;900&nbsp;123", "**07700** 900 123", "+44&#8201;7700 900123", "(+44) 7700 900123", "+ 44 7700 900123",
        "０７７００ ９００１２３", "07700_900_123", "0&shy;7700900123", "07700\\-900123", "07700 900 1~~23~~",
    ],
    "postcode": ["ZZ99–3WZ", "ZZ99  3WZ", "ZZ99\n3WZ", "ZZ99&nbsp;3WZ", "**ZZ99** 3WZ", "ZZ993WZ", "ZZ99\u20093WZ", "ＺＺ９９ ３ＷＺ", "ZZ99&#32;3WZ", "Z*Z*99 3WZ", "ZZ99 - 3WZ"],
    "street address": ["12&nbsp;Kite Lane", "**12** Kite Lane", "12\nKite Lane", "１２ Kite’s Lane", "12 *Kite* Lane"],
    "date of birth": [
        "DOB: 3–5–2015", "Date  of  birth: 3 May 2015", "born on\n3 May 2015", "born **3** May 2015", "born 3&nbsp;May&nbsp;2015", "born 3^rd^ May 2015", "D. O. B. 3/5/15", "born 3-May-2015",
        "born ３ Ｍａｙ ２０１５", "born 2015/05/03", "born 03 05 2015", "born May the 3rd", "born 3 May ’15", "date\u2011of\u2011birth 3.5.15", "**Date of birth**\n: 3 May 2015", "b*or*n 3 May 2015",
    ],
    "exact age": ["3 months\nold", "**3** months old", "3‑month‑old", "3&nbsp;months old", "14 years &amp; 3 months".replace("&amp;", "and"), "１４ years and ３ months", "3 *months* old", "14&nbsp;yrs, 3&nbsp;mths"],
    "e-mail address of a person": [
        "kim.kite&#64;example.org", "kim.kite&commat;example.org", "kim.kite&#x40;example.org", "kim.kite\\@example.org", "kim.kite＠example.org", "kim.kite (at) example.org", "kim.kite [AT] example [dot] org",
        "kim**.**kite@example.org", "kim.kite at example.org", "kim dot kite at example dot org", "kim&#46;kite@example.org", "kim.ki&shy;te@example.org", "kim.kite @ example.org", "kim․kite@example.org",
    ],
    "National Insurance number": ["AB–12–34–56–C", "AB&nbsp;12&nbsp;34&nbsp;56&nbsp;C", "**AB** 12 34 56 C", "AB 12\n34 56 C", "ＡＢ １２ ３４ ５６ Ｃ"],
    "pseudonym": ["Child&nbsp;Z", "**Child** Z", "Child\nZ", "Child\u2009Z", "Ｃｈｉｌｄ Ｚ"],
    "name of a person": ["Mrs&nbsp;Jane Kite", "**Mrs** Jane Kite", "Mrs\nJane Kite", "Dr Helen O’Kite", "M*r*s Kite", "Miss\u00a0Kite", "MR KITE"],
    "school of a child": ["The girl went to\nSt Mary’s **Primary**.", "Child Q of St&nbsp;Mary&rsquo;s Primary", "A 9‑year‑old at Kite\u00a0Hill Academy"],
}  # fmt: skip


TYPED = {
    "943\u2013476 \u2212\u2043\u2014": "943-476 ---",
    "\u00b7\u2022\u2044\u2215\u2018\u2019": "..//''",
    "５ ٣ ² ½": "5 3 2 1/2",
    "e\u0301 ﬁ ａ": "e fi a",
    "a\u200b\u00ad\x85b\u2028c\u3000d": "ab c d",
    "a &amp; b &#64; c": "a & b@c",
    r"\x41 \u0042 \U00000043 \UFFFFFFFF": "A B C ",
    "a\t  \x0b\x0cb": "a b",
    "__a__ b_c ==d== ~~e~~ ^f^ `g` *h*": "a b_c d e f g h",
    "one\ntwo\n\nthree\n- four\nfive: six": "one two\n three\n- four\nfive: six",
    "a (DOT) b [at] c dot d @ e": "a.b@c.d@e",
    "a [@] b(@)c, kim.kite AT example DOT org": "a@b@c, kim.kite@example.org",
    "a dot b (at) c [at] d @ e": "a.b@c@d@e",
    "kim.kite at example.org, look at example.org": "kim.kite@example.org, look at example.org",
    f".{'b' * 39} at example.org": f".{'b' * 39}@example.org",
    f".{'b' * 40} at example.org": f".{'b' * 40} at example.org",
}


def test_every_sign_is_made_that_of_a_typewriter() -> None:
    assert {text: plain(text) for text in TYPED} == TYPED
    assert plain("one\ntwo\u2013three", runs_on=False) == "one\ntwo-three"


@pytest.mark.parametrize("kind", SET)
def test_typography_hides_nothing(kind: str) -> None:
    for text in SET[kind]:
        found_in = told(f"A line **before** it &amp; more.\n\nHere: {text}\n\nAnd after.\n", pseudonym("Child Q"))
        lines = {line for of, line, _ in found_in if of == kind}
        assert lines and lines <= {3, 4}, text


def test_each_kind_is_tried_in_other_type() -> None:
    assert set(KIND_OF.values()) - set(SET) == {"pupil number", "e-mail address"}, "each has the signs of another"


@pytest.mark.parametrize(
    ("heading", "row", "is_told"),
    [
        ("| Name | Date of birth |\n|---|---|", "| Kite | 3 May 2015 |", True),
        ("| DOB | Name |\n| :-- | --: |", "| 03/05/2015 | Kite |", True),
        ("Name | D.O.B.\n--- | ---", "Kite | 3–5–15", True),
        ("| Name | **Date&nbsp;of birth** |\n|---|---|", "| Kite | **3** May 2015 |", True),
        ("> | Born | Name |\n> |---|---|", "> | 2015-05-03 | Kite |", True),
        ("| Name | Birthday |\n|:-:|:-:|", "| Kite | 3^rd^ May |", True),
        ("| Name | Date of visit |\n|---|---|", "| Kite | 3 May 2015 |", False),
        ("| Name | Born |\n|---|---|", "| Kite | not known |", False),
        ("| Name | Born |\n|---|---|", "| Kite |", False),
        ("|---|---|", "| 3 May 2015 |", False),
        ("| Born | Visit |\n|---|---|", "| not known | 3 May 2015 |", False),
    ],
)
def test_a_column_of_birthdays_in_a_page_is_told(heading: str, row: str, is_told: bool) -> None:
    problems = told(f"{heading}\n{row}\n{row}\n\n| 3 May 2015 |\n")
    assert problems == ([("date of birth", line, None) for line in (3, 4)] if is_told else [])
    assert not told(f"{heading}\n{row}\n", file="data/quotes.yml"), "records have no tables"


@pytest.mark.parametrize("title", ["Date of birth", "DOB", "Date\u00a0of\u00a0birth", "When **born**", "Since"])
def test_a_column_of_birthdays_is_told_by_the_heading_that_readers_see(title: str) -> None:
    since = table({"owner": "text", "since": {"type": "text", "title": title}}, [["Ford", "3 May 2015"]], name="owners")
    catalogue = replace(catalogue_of(since), texts={"data/tables/owners.csv": "owner,since\nFord,3 May 2015\n"})
    assert [(p.line, p.field, KIND_OF[p.says]) for p in privacy.check(catalogue)] == ([(2, "since", "date of birth")] if title != "Since" else [])


def test_what_is_told_of_one_file_has_an_end() -> None:
    for many, more in ((20, ""), (21, "1 more private texts"), (5_000, "4,980 more private texts")):
        problems = list(privacy.check(catalogue_with(PAGE, "Ring 07700 900123.\n" * many)))
        assert [p.line for p in problems] == [*range(1, 21), *([None] if more else [])]
        assert problems[-1].says.startswith(more) and problems[-1].file == PAGE
        assert not more or problems[-1].fix == "Fix those that are told, and check again."


@given(st.text(st.sampled_from("ab1 \n\t_*&;#64@\\u0039–９é|-:"), max_size=60), st.booleans())
def test_the_place_of_a_sign_is_found_again(text: str, runs_on: bool) -> None:
    """What stands at the end of a text is found there, whatever stands before it."""
    whole = f"{text}\n\nKITE"
    place = place_in(whole, plain(whole, runs_on).index("KITE"), runs_on)
    assert whole[place : place + 4] == "KITE"


# Looking only where a hint stands finds what looking everywhere does ------------------------------------------

_PIECES = [text for texts in PRIVATE.values() for text in texts] + [
    " ", "\n", "a", "0", "7", ".", ",", "-", "(", " of ", "aged ", " old", "page 3 weeks", "Child ", " and I", "born ", "was born", "@", "[at]", "1 May ", "2015-05-03",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=9).map("".join))
def test_a_hint_is_missed_by_nothing_that_is_private(text: str) -> None:
    plainly = plain(text)
    everywhere = {
        (finder.kind, match.start(), match.group()) for finder in privacy.FINDERS for match in finder.looks.finditer(plainly) if finder.is_one(match.group())
    }
    assert {(privacy.FINDERS[number].kind, place, found) for number, found, place in privacy._forms_in(text)} == everywhere


# Each of these was tried by somebody who looked for a way past; the second lists hold what must not be told.
SAID_OF_PEOPLE = [
    "the lead is Kim Kite", "The chair, Kim Kite, said", "Lead: Kim Kite", "Safeguarding lead - Kim Kite", "Safeguarding lead – Kim Kite", "Kim Kite, safeguarding lead",
    "Kim Kite (independent chair)", "Kim Kite: Director", "Kim Kite, Director of Kites", "director Kim Kite", "Kim Kite leads the group", "Kim Kite chairs the board",
    "led by Kim Kite", "Written by K Kite", "Author: K. Kite", "delivered by Kim A. Kite", "signed: Kim Kite", "Contact Kim Kite on", "Ask for Kim Kite", "Trainer: Kim Kite",
    "speaker was Kim Kite", "her social worker, Kim Kite,", "health visitor Kim Kite", "GP Kim Kite", "Head teacher Kim Kite", "scrutineer is Kim O'Kite", "Revd Kite",
    "Superintendent Kite", "Insp. Kite", "PCSO Kite", "Coun. Kite", "HHJ Kite", "MISS KITE", "Messrs Kite", "Mr Justice Kite", "**the lead** is *Kim Kite*",
]  # fmt: skip
SAID_OF_NOBODY = [
    "The lead is Early Help", "Led by Wind Police", "Contact Children's Services", "led by Wind in Practice", "Speak to Victim Support", "Contact Kite Advice",
    "Head of Service, Children", "Delivered by The Kite Society", "School Nurse Team", "the GP Practice", "Nurse Practitioners help", "Chair, Vice Chair",
    "owner: Safeguarding Children", "owner: All Exampleshire", "Mother and Baby Unit", "Sir Kim Kite Community School", "Lead, Domestic Abuse",
]  # fmt: skip
SCHOOLS = [
    "The twins attended Kite Primary Academy", "two brothers at Kite School", "his nursery, Little Kites Nursery,", "a young person at Kite Academy", "a student at Kite Academy",
    "Kite High School excluded him", "A toddler at Little Kites Pre-school", "Kim attends Kite School", "She went to Kite High", "the girl's college, Kite College",
]  # fmt: skip
ANY_SCHOOL = [
    "Professionals attended Kite Academy",
    "Teachers at Kite High School met",
    "the school head said it",
    "Primary school children",
    "A school in Kite",
]
BIRTHS = ["b. 3 May 2015", "(b. 2015-05-03)", "turned 14 on 3 May"]


def test_other_words_for_the_same_are_told_and_other_things_in_such_words_are_not() -> None:
    for kind, told_of, near in (
        ("name of a person", SAID_OF_PEOPLE, SAID_OF_NOBODY),
        ("school of a child", SCHOOLS, ANY_SCHOOL),
        ("date of birth", BIRTHS, ["Section b. 2 things"]),
    ):
        assert lines_told(kind, told_of) == told_of
        assert lines_told(kind, near) == []
