"""What a picture carries beside what is seen, the notes that cameras and programs leave in the file, and how large it is.

Owns: the layout of JPEG, PNG and WebP files, and of the EXIF block in all three (CIPA DC-008).
Never: decodes a picture, or says what may be published.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

PLACE, PERSON, CAMERA, MOMENT = "the place where it was taken", "a person's name", "the camera it was taken with", "the time it was taken"
WORDS, COPY, MORE, NOTES = "words of its own", "a small copy of an earlier version", "more behind its end", "notes of a program"
_GPS, _EXIF = 0x8825, 0x8769
_TAGS: Mapping[int, str] = {
    0x010E: WORDS, 0x010D: WORDS, 0x9286: WORDS, 0x9C9B: WORDS, 0x9C9C: WORDS, 0x9C9E: WORDS, 0x9C9F: WORDS,
    0x013B: PERSON, 0x8298: PERSON, 0x9C9D: PERSON, 0xA430: PERSON, 0x013C: PERSON,
    0x010F: CAMERA, 0x0110: CAMERA, 0x927C: CAMERA, 0xA420: CAMERA, 0xA431: CAMERA, 0xA434: CAMERA, 0xA435: CAMERA,
    0x0132: MOMENT, 0x9003: MOMENT, 0x9004: MOMENT,
}  # fmt: skip
PHOTOGRAPHS = (".jpg", ".jpeg", ".png", ".webp")
_JPEG = b"\xff\xd8"
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_PLAIN = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP bKGD pHYs sBIT tIME acTL fcTL fdAT".split())
_PNG_TEXT = {b"tEXt", b"zTXt", b"iTXt"}
_WEBP_PLAIN = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the blocks that say how large the picture is
_JPEG_ALONE = {0x01, *range(0xD0, 0xD8)}


def carried_by(data: bytes, ending: str) -> list[str] | None:
    """What a picture carries beside what is seen, each once; ``None`` where a part of it is missing.

    A file that is no such picture at all is told by ``files`` and carries nothing.
    """
    begins, read = {".jpg": (_JPEG, _jpeg), ".jpeg": (_JPEG, _jpeg), ".png": (_PNG, _png), ".webp": (b"RIFF", _webp)}[ending]
    if not data.startswith(begins):
        return []
    try:
        return list(dict.fromkeys(read(data)))
    except (_Damaged, struct.error, IndexError):
        return None


def size_of(data: bytes, ending: str) -> tuple[int, int] | None:
    """A picture's width and height in dots; nothing where they cannot be told, or where a note may say that it lies on its side."""
    try:
        if ending == ".png" and data.startswith(_PNG):
            width, height = struct.unpack_from(">II", data, 16)
            return width, height
        if ending in (".jpg", ".jpeg") and data.startswith(_JPEG):
            return _jpeg_size(data)
        if ending == ".webp" and data.startswith(b"RIFF"):
            return _webp_size(data)
    except (struct.error, IndexError):
        pass
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    place = 2
    while data[place] == 0xFF:
        marker = data[place + 1]
        (length,) = struct.unpack_from(">H", data, place + 2)
        if marker == 0xE1:
            return None
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", data, place + 5)
            return width, height
        place += 2 + length
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


class _Damaged(Exception):
    """The file does not keep to the layout of its kind."""


def _jpeg(data: bytes) -> Iterator[str]:
    place = 2
    while True:
        if data[place] != 0xFF:
            raise _Damaged
        marker = data[place + 1]
        if marker == 0xFF:  # padding
            place += 1
        elif marker == 0xD9:
            break
        elif marker in _JPEG_ALONE:
            place += 2
        else:
            (length,) = struct.unpack_from(">H", data, place + 2)
            yield from _jpeg_block(marker, data[place + 4 : place + 2 + length])
            place += 2 + length
            if marker == 0xDA:
                place = _after_scan(data, place)
    if data[place + 2 :].strip(b"\0"):
        yield MORE


def _jpeg_block(marker: int, block: bytes) -> Iterator[str]:
    if marker == 0xE1 and block.startswith(b"Exif\0"):
        yield from _exif(block[6:])
    elif (marker == 0xE2 and block.startswith(b"MPF\0")) or marker == 0xEB:
        yield MORE
    elif marker in (0xE1, 0xED):
        yield NOTES
    elif marker == 0xFE:
        yield WORDS


def _after_scan(data: bytes, place: int) -> int:
    """The marker after a stretch of compressed picture, in which FF 00 and restart marks may stand."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0:
            raise _Damaged
        following = data[place + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return place
        place += 2


def _png(data: bytes) -> Iterator[str]:
    place, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, place)
        block = data[place + 8 : place + 8 + length]
        if kind == b"eXIf":
            yield from _exif(block)
        elif kind in _PNG_TEXT:
            if not block.startswith(b"Software\0"):
                yield WORDS
        elif kind not in _PNG_PLAIN:
            yield NOTES
        place += 12 + length
    if place > len(data):
        raise _Damaged
    if data[place:].strip(b"\0"):
        yield MORE


def _webp(data: bytes) -> Iterator[str]:
    riff, size, form = struct.unpack_from("<4sI4s", data)
    if (riff, form) != (b"RIFF", b"WEBP") or size + 8 > len(data):
        raise _Damaged
    place = 12
    while place < size + 8:
        kind, length = struct.unpack_from("<4sI", data, place)
        block = data[place + 8 : place + 8 + length]
        if kind == b"EXIF":
            yield from _exif(block.removeprefix(b"Exif\0\0"))
        elif kind not in _WEBP_PLAIN:
            yield NOTES
        place += 8 + length + length % 2
    if data[size + 8 :].strip(b"\0"):
        yield MORE


def _exif(block: bytes) -> Iterator[str]:
    """What an EXIF block says about people. A block that cannot be followed is told as notes."""
    try:
        order = {b"II*\0": "<", b"MM\0*": ">"}[block[:4]]
        (first,) = struct.unpack_from(order + "I", block, 4)
        tags, following = _directory(block, order, first)
        yield from (_TAGS[tag] for tag in tags if tag in _TAGS)
        if _EXIF in tags:
            yield from (_TAGS[tag] for tag in _directory(block, order, tags[_EXIF])[0] if tag in _TAGS)
        if _GPS in tags and set(_directory(block, order, tags[_GPS])[0]) - {0}:
            yield PLACE
        if following:
            yield COPY
    except (KeyError, struct.error):
        yield NOTES


def _directory(block: bytes, order: str, place: int) -> tuple[dict[int, int], int]:
    """The tags of one directory with what stands at each, and where the next directory begins."""
    (count,) = struct.unpack_from(order + "H", block, place)
    entries = (struct.unpack_from(order + "HHII", block, place + 2 + 12 * number) for number in range(count))
    found = {tag: value for tag, _, _, value in entries}
    (following,) = struct.unpack_from(order + "I", block, place + 2 + 12 * count)
    return found, following
