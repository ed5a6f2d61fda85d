"""Pictures keep their room while they are on their way, and those further down come when a reader is near."""

from __future__ import annotations

import io
import re
import struct
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from macros.components.written import sized_pictures
from macros.content.catalogue import Catalogue
from macros.content.reading import load_catalogue
from macros.rules.pictures import check as check_pictures
from macros.sources.pictures import size_of
from tests.whole_sites import SMALL, copy_small_site

SIZES = st.integers(1, 300)


def picture(form: str, width: int, height: int, **more: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(written, form, **more)
    return written.getvalue()


@given(SIZES, SIZES)
def test_a_size_is_read_from_every_kind_of_photograph(width: int, height: int) -> None:
    assert size_of(picture("PNG", width, height), ".png") == (width, height)
    assert size_of(picture("JPEG", width, height), ".jpg") == (width, height)
    assert size_of(picture("JPEG", width, height, progressive=True), ".jpeg") == (width, height)
    assert size_of(picture("WEBP", width, height), ".webp") == (width, height)
    assert size_of(picture("WEBP", width, height, lossless=True), ".webp") == (width, height)


@pytest.mark.parametrize(
    ("width", "height", "fine"), [(5_000, 5_000, True), (5_001, 5_000, False), (50_000, 12_000, False), (2, 2**31 - 1, False), (1, 1, True)]
)
def test_a_small_file_cannot_ask_for_more_dots_than_a_photograph_has(width: int, height: int, fine: bool, tmp_path: Path) -> None:
    plain = picture("PNG", 1, 1)
    name, size = b"IHDR", struct.pack(">II", width, height)
    huge = plain[:16] + size + plain[24:29] + struct.pack(">I", zlib.crc32(name + size + plain[24:29])) + plain[33:]
    site = copy_small_site(tmp_path)
    (site / "docs/hill.png").write_bytes(huge)
    catalogue, _ = load_catalogue(site, date(2026, 11, 20))
    assert [p.file for p in check_pictures(catalogue)] == ([] if fine else ["docs/hill.png"])


def test_a_picture_that_may_lie_on_its_side_says_no_size() -> None:
    on_its_side = Image.Exif()
    on_its_side[0x0112] = 6
    assert size_of(picture("JPEG", 40, 30, exif=on_its_side), ".jpg") is None


@given(st.binary(max_size=60), st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF....WEBPVP8 ", b"RIFF....WEBPVP8X", b""]))
def test_a_damaged_picture_says_no_size_or_a_number(data: bytes, begins: bytes) -> None:
    for ending in (".png", ".jpg", ".webp"):
        size = size_of(begins + data, ending)
        assert size is None or (len(size) == 2 and all(isinstance(part, int) and 0 <= part < 2**32 for part in size)), (ending, size)


@pytest.fixture(scope="module")
def small() -> Catalogue:
    catalogue, _ = load_catalogue(SMALL, date(2026, 11, 20))
    return catalogue


@pytest.mark.parametrize(("address", "source"), [("/", "hill.png"), ("/contact/", "../hill.png"), ("/contact/", "/hill.png")])
def test_a_picture_in_a_page_has_its_size_from_wherever_the_page_stands(small: Catalogue, address: str, source: str) -> None:
    html = sized_pictures(small, f'<p><img alt="A &quot;kite&quot; &gt; a hill" src="{source}" title="Hill" /></p>', address)
    assert html == f'<p><img alt="A &quot;kite&quot; &gt; a hill" src="{source}" title="Hill" width="16" height="9" decoding="async"></p>'


def test_only_what_stands_below_a_heading_waits(small: Catalogue) -> None:
    html = sized_pictures(small, '<p><img alt="" src="a.png" /></p><h2 id="x">X</h2><p><img alt="" src="b.png" /></p>', "/")
    assert [("lazy" in tag, "b.png" in tag) for tag in re.findall("<img[^>]*>", html)] == [(False, False), (True, True)]
