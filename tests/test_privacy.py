"""Nothing by which a person could be found or recognised is published: on a whole site, and in pictures.

Each form of private text is tried in ``tests/rules/test_privacy.py``. Every number, name and address is made up.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest
from PIL import ImageCms

from macros.check import check, today
from macros.problems import Problem
from macros.rules import privacy
from macros.rules.privacy import FINDERS
from macros.sources.pictures import CAMERA, COPY, MOMENT, MORE, NOTES, PERSON, PLACE, PROFILE, WORDS, carried_by
from tests.time_limit import ends_within
from tests.whole_sites import copy_small_site

KINDS: dict[str, privacy.Finder] = {finder.kind: finder for finder in FINDERS}
PAGE = "docs/contact/index.md"


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
    *("assets/scripts/every-page.js", "assets/images/social.png", "assets/kites.md", "robots.txt", "sitemap.xml", "CNAME", "search/words/0.json"),
]


def test_only_pages_and_photographs_stand_in_docs_and_never_in_the_place_of_the_sites_own(tmp_path: Path) -> None:
    site = copy_small_site(tmp_path)
    for name in OTHERS:
        (site / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "docs" / name).write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    told = {p.file.removeprefix("docs/"): p.says for p in check(site, today())[1] if p.severity == "error"}
    assert sorted(told) == sorted(OTHERS)
    assert all("does not belong in docs/" in says or "holds the site's own" in says for says in told.values())
