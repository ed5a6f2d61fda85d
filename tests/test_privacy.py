"""Nothing by which a person could be found or recognised is published, and no message repeats it.

Every number, name and address here is made up. Numbers with a check digit are the ones that the NHS and the
Department for Education use in their own examples, or are worked out here.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageCms

from macros.check import check, today
from macros.content.catalogue import Catalogue
from macros.problems import Format, Problem, tell
from macros.rules import privacy
from macros.rules.privacy import FINDERS, is_nhs_number, is_pupil_number
from macros.sources.pictures import CAMERA, COPY, MOMENT, MORE, NOTES, PERSON, PLACE, PROFILE, WORDS, carried_by
from macros.sources.plain_text import place_in, plain
from tests.time_limit import ends_within
from tests.whole_sites import copy_small_site

KINDS: dict[str, privacy.Finder] = {finder.kind: finder for finder in FINDERS}
PAGE = "docs/contact/index.md"

# Each is told, as the kind named; the words around it stand for what an editor might write.
PRIVATE = {
    "NHS number": [
        "Her number is 943 476 5919.",
        "NHS no 9434765919, held by the surgery",
        "943-476-5870",
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
]


def told_on(site: Path, text: str, file: str = PAGE) -> list[Problem]:
    """What the check says of a small site with the text at the end of one of its files."""
    path = site / file
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(before + text, encoding="utf-8")
    try:
        return [problem for problem in check(site, today())[1] if problem.severity == "error"]
    finally:
        path.write_text(before, encoding="utf-8") if before else path.unlink()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_small_site(tmp_path_factory.mktemp("privacy"))


def told_in(small_catalogue: Catalogue, text: str) -> list[Problem]:
    """What the rule alone says of a small site with the text at the end of a page, without reading the site again."""
    return list(privacy.check(replace(small_catalogue, texts={**small_catalogue.texts, PAGE: small_catalogue.texts[PAGE] + text})))


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in PRIVATE.items() for text in texts])
def test_private_text_is_told_where_it_stands_and_never_repeated(small_catalogue: Catalogue, kind: str, text: str) -> None:
    problems = told_in(small_catalogue, f"\nA line before.\n\nHere: {text}\n")
    lines = len(small_catalogue.texts[PAGE].split("\n"))
    assert [(p.file, p.line, p.says) for p in problems] == [(PAGE, lines + 3, KINDS[kind].says)]
    match = KINDS[kind].looks.search(plain(f"Here: {text}"))
    assert match and problems[0].column == match.start() + 1
    styles: tuple[Format, ...] = ("text", "github", "json")
    for style in styles:
        assert match.group() not in tell(problems, style)


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


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SET.items() for text in texts])
def test_typography_hides_nothing(small_catalogue: Catalogue, kind: str, text: str) -> None:
    lines = len(small_catalogue.texts[PAGE].split("\n"))
    problems = [p for p in told_in(small_catalogue, f"\nA line **before** it &amp; more.\n\nHere: {text}\n\nAnd after.\n") if p.says == KINDS[kind].says]
    assert problems and {p.line for p in problems} <= {lines + 3, lines + 4}


def test_each_kind_is_tried_in_other_type() -> None:
    assert set(KINDS) - set(SET) == {"pupil number", "e-mail address"}, "each has the signs of another"


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
        ("| Born | Visit |\n|---|---|", "| not known | 3 May 2015 |", False),
    ],
)
def test_a_column_of_birthdays_in_a_page_is_told(small_catalogue: Catalogue, heading: str, row: str, is_told: bool) -> None:
    lines = len(small_catalogue.texts[PAGE].split("\n"))
    problems = told_in(small_catalogue, f"\n{heading}\n{row}\n{row}\n\n| 3 May 2015 |\n")
    assert [(p.line, p.says) for p in problems] == ([(lines + at, KINDS["date of birth"].says) for at in (3, 4)] if is_told else [])


def test_what_is_told_of_one_file_has_an_end(small_catalogue: Catalogue) -> None:
    problems = told_in(small_catalogue, "\n".join(["", *["Ring 07700 900123."] * 5_000]))
    assert len(problems) == 21 and problems[-1].says.startswith("4,980 more")


@given(st.text(st.sampled_from("ab1 \n\t_*&;#64@\\u0039–９é|-:"), max_size=60), st.booleans())
def test_the_place_of_a_sign_is_found_again(text: str, runs_on: bool) -> None:
    """What stands at the end of a text is found there, whatever stands before it."""
    whole = f"{text}\n\nKITE"
    place = place_in(whole, plain(whole, runs_on).index("KITE"), runs_on)
    assert whole[place : place + 4] == "KITE"


@pytest.mark.parametrize("text", HARMLESS)
def test_what_names_nobody_passes(small_catalogue: Catalogue, text: str) -> None:
    assert not told_in(small_catalogue, f"\n{text}\n")


def test_every_kind_of_private_text_has_its_cases() -> None:
    assert set(PRIVATE) == set(KINDS)


def test_check_digits() -> None:
    """Exactly one last digit fits nine digits, or none; one wrong digit and two swapped ones are always found."""
    assert sum(is_nhs_number(f"943476591{digit}") for digit in range(10)) == 1
    for place in range(10):
        wrong = "9434765919"[:place] + str((int("9434765919"[place]) + 1) % 10) + "9434765919"[place + 1 :]
        assert not is_nhs_number(wrong)
    assert not is_nhs_number("9344765919")
    assert [letter for letter in "ABCDEFGHJKLMNPQRTUVWXYZ" if is_pupil_number(f"{letter}801200005001")] == ["B"]
    assert sum(is_pupil_number(f"{letter}80120000500A") for letter in "ABCDEFGHJKLMNPQRTUVWXYZ") == 1, "a temporary number ends in a letter"


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("data/contacts.yml", "# Kim's own number is 07700 900123\n", None),
        ("data/tables/kite-rules.csv", "Ring 07700 900123,now\n", 5),
        ("data/tables/kite-rules.yml", "notes:\n  - Ring 07700 900123.\n", 16),
        ("docs/topics/kites.md", "\n    Ring 07700 900123.\n", None),
    ],
)
def test_every_text_an_editor_writes_is_looked_through(site: Path, file: str, text: str, line: int | None) -> None:
    problems = [p for p in told_on(site, text, file) if p.says == KINDS["phone number"].says]
    assert [p.file for p in problems] == [file]
    assert line is None or problems[0].line == line


def test_a_settings_line_is_looked_through(site: Path) -> None:
    page = site / PAGE
    before = page.read_text(encoding="utf-8")
    page.write_text(before.replace("description: ", "description: Ring 07700 900123 for kites. ", 1), encoding="utf-8")
    try:
        assert [p.line for p in check(site, today())[1] if p.says == KINDS["phone number"].says] == [3]
    finally:
        page.write_text(before, encoding="utf-8")


def test_a_column_of_birthdays_is_told_though_the_word_stands_in_the_heading(site: Path) -> None:
    (site / "data/tables/kite-owners.csv").write_text("owner,date_of_birth\nFirst,2015-05-03\nSecond,not stated in the source\n", encoding="utf-8")
    (site / "data/tables/kite-owners.yml").write_text(
        "title: Owners\nsummary: Made up.\nsubject: website\nperiod: Never\nsource: yearbook-2023\nplace: Nowhere\ncolumns:\n"
        "  - name: owner\n    title: Owner\n    type: text\n  - name: date_of_birth\n    title: Birthday\n    type: date\n",
        encoding="utf-8",
    )
    try:
        told = [p for p in check(site, today())[1] if p.severity == "error"]
        assert [(p.file, p.line, p.field, p.says) for p in told] == [("data/tables/kite-owners.csv", 2, "date_of_birth", KINDS["date of birth"].says)]
    finally:
        for ending in ("csv", "yml"):
            (site / f"data/tables/kite-owners.{ending}").unlink()


@pytest.mark.parametrize("title", ["Date of birth", "DOB", "Date\u00a0of\u00a0birth", "When **born**"])
def test_a_column_of_birthdays_is_told_by_the_heading_that_readers_see(small_catalogue: Catalogue, title: str) -> None:
    table = small_catalogue.tables["kite-clubs"]
    file, first = "data/tables/kite-clubs.csv", table.about.columns[0]
    columns = (first.model_copy(update={"title": title}), *table.about.columns[1:])
    renamed = replace(table, about=table.about.model_copy(update={"columns": columns}))
    heading = small_catalogue.texts[file].partition("\n")[0]
    text = f"{heading}\n3 May 2015{',' * heading.count(',')}\n"
    catalogue = replace(small_catalogue, tables={**small_catalogue.tables, "kite-clubs": renamed}, texts={file: text})
    assert [(p.line, p.field) for p in privacy.check(catalogue) if p.says == KINDS["date of birth"].says] == [(2, first.name)]
    assert not list(privacy.check(replace(catalogue, tables=small_catalogue.tables)))


def test_numbers_and_addresses_of_the_contacts_may_stand(site: Path) -> None:
    assert not told_on(site, "\nRing 01632 960001, (01632) 960 001 or +44 1632 960001, or write to KITES@example.org.\n")


ALLOWED = """- id: the-shed
  kind: postcode
  text: ZZ99 3WZ
  files: [docs/contact/index.md]
  reason: Made up, the shed's own address.
  owner: kite-office
  review_by: 2027-11-20
"""


def test_the_allow_list_holds_for_its_text_its_kind_and_its_files(site: Path) -> None:
    allowed = site / "data/privacy_allowed.yml"
    allowed.write_text(ALLOWED, encoding="utf-8")
    try:
        assert not told_on(site, "\nThe shed: zz99  3wz\n".replace("  ", " "))
        assert len(told_on(site, "\nThe shed: ZZ99 3WA\n")) == 1
        assert [p.file for p in told_on(site, "\nThe shed: ZZ99 3WZ\n", "docs/topics/kites.md")] == ["docs/topics/kites.md"]
        allowed.write_text(ALLOWED.replace("kind: postcode", "kind: phone number"), encoding="utf-8")
        assert len(told_on(site, "\nThe shed: ZZ99 3WZ\n")) == 2, "in the page and in the list, which allows something else"
        allowed.write_text(ALLOWED.replace("2027-11-20", "2020-11-20"), encoding="utf-8")
        assert [p.severity for p in check(site, today())[1] if p.file == "data/privacy_allowed.yml"] == ["warning"]
        allowed.write_text(ALLOWED.replace("  reason: Made up, the shed's own address.\n", ""), encoding="utf-8")
        assert any('"reason" is missing' in p.says for p in check(site, today())[1])
    finally:
        allowed.write_text("[]\n", encoding="utf-8")


def test_a_review_uses_a_name_of_the_register(site: Path) -> None:
    page = site / "docs/learning/reviews/child-q.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(before.replace("pseudonym: Child Q", "pseudonym: Kim"), encoding="utf-8")
    try:
        assert [(p.file, p.field) for p in check(site, today())[1] if p.says == KINDS["pseudonym"].says] == [("docs/learning/reviews/child-q.md", "pseudonym")]
    finally:
        page.write_text(before, encoding="utf-8")


def test_no_text_makes_the_patterns_run_for_long() -> None:
    for evil in ("9" * 200_000, "a@" * 100_000, "born " * 40_000, "0 1 " * 60_000, "Child A, " * 30_000, "1 " * 100_000, "a." * 100_000):
        with ends_within(20, evil[:10]):
            for finder in FINDERS:
                for match in finder.looks.finditer(evil):
                    finder.is_one(match.group())


# Pictures --------------------------------------------------------------------------------------------------


def exif(tags: Iterable[int], gps: Iterable[int] = (), thumbnail: bool = False, order: str = "<", kind: int = 4) -> bytes:
    """An EXIF block with these tags in its first directory, and a GPS directory where asked for. ``kind`` is what the tags hold."""

    def directory(entries: list[tuple[int, int]], following: int) -> bytes:
        made = struct.pack(order + "H", len(entries))
        for tag, value in entries:
            made += struct.pack(order + "HHII", tag, kind, 1, value)
        return made + struct.pack(order + "I", following)

    entries = [(tag, 1) for tag in tags]
    gps = list(gps)
    end_of_first = 8 + 2 + 12 * (len(entries) + bool(gps)) + 4
    if gps:
        entries.append((0x8825, end_of_first))
    end_of_gps = end_of_first + (2 + 12 * len(gps) + 4 if gps else 0)
    block = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8) + directory(entries, end_of_gps if thumbnail else 0)
    if gps:
        block += directory([(tag, 1) for tag in gps], 0)
    return block + (directory([(0x0103, 6)], 0) if thumbnail else b"")


def jpeg(*blocks: tuple[int, bytes], end: bytes = b"") -> bytes:
    made = b"\xff\xd8"
    for marker, block in ((0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), *blocks, (0xDA, b"\1\1\0\0?\0")):
        made += bytes([0xFF, marker]) + struct.pack(">H", len(block) + 2) + block
    return made + b"\x12\xff\x00\x34\xff\xd0\x56" + b"\xff\xd9" + end


def png(*chunks: tuple[bytes, bytes], end: bytes = b"") -> bytes:
    made = b"\x89PNG\r\n\x1a\n"
    whole = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), *chunks, (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    for kind, block in whole:
        made += struct.pack(">I", len(block)) + kind + block + struct.pack(">I", zlib.crc32(kind + block))
    return made + end


def webp(*chunks: tuple[bytes, bytes], end: bytes = b"") -> bytes:
    made = io.BytesIO()
    for kind, block in ((b"VP8 ", b"abc"), *chunks):
        made.write(kind + struct.pack("<I", len(block)) + block + b"\0" * (len(block) % 2))
    return b"RIFF" + struct.pack("<I", len(made.getvalue()) + 4) + b"WEBP" + made.getvalue() + end


def colour_profile(title: str = "sRGB built-in", tag: bytes = b"", end: bytes = b"") -> bytes:
    """A profile as Pillow makes it, with other words, one more part, or something behind its end."""
    words = "sRGB built-in".encode("utf-16-be")
    made: bytes = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert words in made and len(title) == 13
    made = made.replace(words, title.encode("utf-16-be"))
    return (made.replace(b"para", tag, 1) if tag else made) + end


def icc(title: bytes, profile: bytes) -> bytes:
    return title + b"\0\0" + zlib.compress(profile)


PICTURES = [
    (".png", png((b"iCCP", icc(b"ICC Profile", colour_profile()))), []),
    (".png", png((b"iCCP", icc(b"ICC Profile", colour_profile("Jane O'Kite x")))), [PROFILE]),
    (".png", png((b"iCCP", icc(b"Jane Kite", colour_profile()))), [PROFILE]),
    (".png", png((b"iCCP", icc(b"ICC Profile", colour_profile(tag=b"data")))), [PROFILE]),
    (".png", png((b"iCCP", icc(b"ICC Profile", colour_profile(end=b"Jane")))), [PROFILE]),
    (".png", png((b"iCCP", icc(b"ICC Profile", b"Jane Kite"))), [PROFILE]),
    (".png", png((b"iCCP", b"ICC Profile\0\0Jane Kite")), [PROFILE]),
    (".jpg", jpeg((0xE2, b"ICC_PROFILE\0\1\1" + colour_profile())), []),
    (".jpg", jpeg((0xE2, b"ICC_PROFILE\0\1\1" + colour_profile("Jane O'Kite x"))), [PROFILE]),
    (".webp", webp((b"ICCP", colour_profile())), []),
    (".webp", webp((b"ICCP", colour_profile("Jane O'Kite x"))), [PROFILE]),
    (".jpg", jpeg(), []),
    (".jpg", jpeg((0xE1, b"Exif\0\0" + exif([0x0112, 0x011A]))), []),
    (".jpg", jpeg((0xE2, b"ICC_PROFILE\0...")), [PROFILE]),
    (".jpg", jpeg((0xE1, b"Exif\0\0" + exif([0x0112], gps=[0, 2, 4]))), [PLACE]),
    (".jpg", jpeg((0xE1, b"Exif\0\0" + exif([0x0112], gps=[0, 2, 4], order=">"))), [PLACE]),
    (".jpg", jpeg((0xE1, b"Exif\0\0" + exif([0x0112], gps=[0]))), []),
    (".jpeg", jpeg((0xE1, b"Exif\0\0" + exif([0x013B, 0x0110, 0x0132, 0x010E]))), [PERSON, CAMERA, MOMENT, WORDS]),
    (".jpg", jpeg((0xE1, b"Exif\0\0" + exif([0x0112], thumbnail=True))), [COPY]),
    (".jpg", jpeg((0xE1, b"Exif\0\0" + exif([0x013B], kind=129))), [PERSON]),  # UTF-8, as EXIF 3 has it and Pillow does not
    (".jpg", jpeg((0xE1, b"Exif\0\0no order")), [NOTES]),
    (".jpg", jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>")), [NOTES]),
    (".jpg", jpeg((0xED, b"Photoshop 3.0\0")), [NOTES]),
    (".jpg", jpeg((0xFE, b"Taken by Kim")), [WORDS]),
    (".jpg", jpeg(end=b"a film of four seconds"), [MORE]),
    (".jpg", jpeg(end=b"\0\0"), []),
    (".jpg", jpeg()[:-2], None),
    (".jpg", png(), []),
    (".png", png(), []),
    (".png", png((b"tEXt", b"Software\0a program")), []),
    (".png", png((b"tEXt", b"Author\0Kim")), [WORDS]),
    (".png", png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x/>")), [WORDS]),
    (".png", png((b"eXIf", exif([], gps=[1, 2]))), [PLACE]),
    (".png", png((b"caBX", b"who made it")), [NOTES]),
    (".png", png(end=b"the picture before it was cut"), [MORE]),
    (".png", png()[:-6], None),
    (".png", b"<html>", []),
    (".png", b"", []),
    (".webp", webp(), []),
    (".webp", webp((b"EXIF", exif([0xA431], gps=[2]))), [CAMERA, PLACE]),
    (".webp", webp((b"XMP ", b"<x/>")), [NOTES]),
    (".webp", webp(end=b"more"), [MORE]),
    (".webp", webp()[:-3], None),
]


@pytest.mark.parametrize(("ending", "data", "carried"), PICTURES, ids=[f"{number}{ending}" for number, (ending, *_) in enumerate(PICTURES)])
def test_what_a_picture_carries(ending: str, data: bytes, carried: list[str] | None) -> None:
    found = carried_by(data, ending)
    assert found == carried if carried is None else sorted(found or []) == sorted(carried)


BEGINS = {".jpg": b"\xff\xd8", ".jpeg": b"\xff\xd8", ".png": b"\x89PNG", ".webp": b"RIFF"}


def test_every_picture_cut_short_or_spoilt_is_told_and_never_crashes() -> None:
    for ending, data, carried in PICTURES:
        whole = carried is not None and MORE not in carried and data.startswith(BEGINS[ending]) and not data.endswith(b"\0\0")
        for place in range(0, len(data), 3):
            cut = carried_by(data[:place], ending)
            assert cut is None or not whole or place <= 12, (ending, place, cut)
            carried_by(data[:place] + b"\xff" + data[place + 1 :], ending)


def test_pictures_of_a_site_are_looked_into(site: Path) -> None:
    (site / "docs/walk.jpg").write_bytes(jpeg((0xE1, b"Exif\0\0" + exif([0x013B], gps=[2]))))
    (site / "docs/page.png").write_bytes(png()[:-6])
    try:
        told = {p.file: p.says for p in check(site, today())[1] if p.severity == "error"}
        assert told == {
            "docs/page.png": "The picture is damaged: a part of it is missing.",
            "docs/walk.jpg": f"The picture carries more than is seen: {PERSON}, {PLACE}.",
        }
        allowed = ALLOWED.replace("kind: postcode", "kind: picture").replace("text: ZZ99 3WZ", "text: docs/walk.jpg").replace("contact/index.md", "walk.jpg")
        (site / "data/privacy_allowed.yml").write_text(allowed, encoding="utf-8")
        assert [p.file for p in check(site, today())[1] if p.severity == "error"] == ["docs/page.png"]
    finally:
        (site / "data/privacy_allowed.yml").write_text("[]\n", encoding="utf-8")
        for name in ("docs/walk.jpg", "docs/page.png"):
            (site / name).unlink()


OTHERS = [
    *(
        "kite.svg",
        "kite.SVG",
        "kite.pdf",
        "kite.html",
        "kite.xhtml",
        "kite.js",
        "kite.mjs",
        "kite.css",
        "kite.xml",
        "kite.txt",
        "kite.ico",
        "kite.webmanifest",
        "kite",
    ),
    *("assets/scripts/leave.js", "assets/images/social.png", "assets/kites.md", "robots.txt", "sitemap.xml", "CNAME", "search/words/0.json"),
]


def test_only_pages_and_photographs_stand_in_docs_and_never_in_the_place_of_the_sites_own(tmp_path: Path) -> None:
    site = copy_small_site(tmp_path)
    for name in OTHERS:
        (site / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "docs" / name).write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    told = {p.file.removeprefix("docs/"): p.says for p in check(site, today())[1] if p.severity == "error"}
    assert sorted(told) == sorted(OTHERS)
    assert all("does not belong in docs/" in says or "holds the site's own" in says for says in told.values())


# Looking only where a hint stands finds what looking everywhere does ------------------------------------------

_PIECES = [text for texts in PRIVATE.values() for text in texts] + [
    " ", "\n", "a", "0", "7", ".", ",", "-", "(", " of ", "aged ", " old", "page 3 weeks", "Child ", " and I", "born ", "was born", "@", "[at]", "1 May ", "2015-05-03",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=9).map("".join))
def test_a_hint_is_missed_by_nothing_that_is_private(text: str) -> None:
    plainly = plain(text)
    everywhere = {(finder.kind, match.start(), match.group()) for finder in FINDERS for match in finder.looks.finditer(plainly) if finder.is_one(match.group())}
    assert {(finder.kind, place, found) for finder, found, place in privacy._forms_in(text)} == everywhere
