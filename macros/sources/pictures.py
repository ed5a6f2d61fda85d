"""What a picture carries beside what is seen, the notes that cameras and programs leave in the file, and how large it is.

Owns: the parts of JPEG, PNG and WebP files, and the EXIF block in all three (CIPA DC-008). Pillow tells the size; what is
carried is read here, as Pillow leaves out parts and notes of kinds that it does not know, and a name can stand in them.
Never: decodes a picture, or says what may be published.
"""

import io
import re
import struct
import zlib
from collections.abc import Iterator

from macros.sources.files import BEGINS

PLACE, PERSON, CAMERA, MOMENT = "the place where it was taken", "a person's name", "the camera it was taken with", "the time it was taken"
WORDS, COPY, MORE, NOTES = "words of its own", "a small copy of an earlier version", "more behind its end", "notes of a program"
PROFILE = "words in its colour profile"
_SAYS = (  # the notes of EXIF by their names
    dict.fromkeys(("ImageDescription", "DocumentName", "UserComment", "XPTitle", "XPComment", "XPKeywords", "XPSubject"), WORDS)
    | dict.fromkeys(("Artist", "Copyright", "XPAuthor", "CameraOwnerName", "HostComputer"), PERSON)
    | dict.fromkeys(("Make", "Model", "MakerNote", "ImageUniqueID", "BodySerialNumber", "LensModel", "LensSerialNumber"), CAMERA)
    | dict.fromkeys(("DateTime", "DateTimeOriginal", "DateTimeDigitized"), MOMENT)
)
PHOTOGRAPHS = (".jpg", ".jpeg", ".png", ".webp")
_END = b"what follows the picture"
_PLAIN = {*b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP bKGD pHYs sBIT tIME acTL fcTL fdAT VP8L VP8X ALPH ANIM ANMF ICCP".split(), b"VP8 "}
# What a part of a colour profile holds by its type (ICC.1:2022, 10): numbers alone, or words; and the words that makers of programs put there.
_NUMBERS = {b"XYZ ", *b"curv para sf32 uf32 ui08 ui16 ui32 view meas chrm cicp mft1 mft2 vcgt ndin mmod".split(), b"sig ", b"mAB ", b"mBA "}
_LARGEST_PROFILE = 1_000_000  # bytes
_TEXTS = (b"desc", b"text", b"mluc")
_MAKERS = re.compile(
    r"desc|text|mluc|adobe|all|and|apple|are|artifex|black|built|chromaticity|color|colour|company|compatible|condition|consortium|copyright"
    r"|corporation|default|display|domain|for|free|freely|gamma|generic|gimp|google|gray|grey|hewlett|http|icc|iec|image|in|inc"
    r"|incorporated|international|labs|lcd|llc|ltd|matrix|microsoft|monitor|packard|perceptual|point|profile|public|reference|reserved"
    r"|rgb|rights|simplified|software|space|srgb|system|systems|the|use|version|viewing|whitescaled|www"
)
_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")  # in the picture itself FF 00 and restart marks may stand


class _Damaged(Exception):
    """The file does not keep to the layout of its kind."""


def carried_by(data: bytes, ending: str) -> list[str] | None:
    """What a picture carries beside what is seen, each once; ``None`` where a part of it is missing.

    A file that is no such picture at all is told by ``files`` and carries nothing.
    """
    if not data.startswith(BEGINS[ending]):
        return []
    try:
        return list(dict.fromkeys(what for name, block in _PARTS[ending](data) for what in _carried_in(name, block)))
    except (_Damaged, struct.error):
        return None


def size_of(data: bytes, ending: str) -> tuple[int, int] | None:
    """A picture's width and height in dots; nothing where they cannot be told, or where a note may say that it lies on its side."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the rule on pictures says how many dots are too many; here none is decoded
    try:
        if any(_is_exif(name, block) for name, block in _PARTS[ending](data)):
            return None
        return Image.open(io.BytesIO(data), formats=[ending.removeprefix(".").upper().replace("JPG", "JPEG")]).size
    except Exception:  # of a damaged picture Pillow raises errors of many kinds
        return None


def _is_exif(name: bytes, block: bytes) -> bool:
    return name in (b"eXIf", b"EXIF") or (name == b"\xe1" and block.startswith(b"Exif\0"))


def _carried_in(name: bytes, block: bytes) -> Iterator[str]:
    """What one part carries. ``name`` is that of a PNG or WebP chunk, or the marker of a JPEG segment."""
    if _is_exif(name, block):
        yield from _carried_in_exif(block[6:] if block.startswith(b"Exif\0") else block)
    elif name in (b"iCCP", b"ICCP") or block.startswith(b"ICC_PROFILE\0"):
        if not _is_of_numbers(name, block):
            yield PROFILE
    elif name == b"\xeb" or (name == b"\xe2" and block.startswith(b"MPF\0")) or (name == _END and block.strip(b"\0")):
        yield MORE
    elif name in (b"tEXt", b"zTXt", b"iTXt", b"\xfe"):
        if not block.startswith(b"Software\0"):
            yield WORDS
    elif name in (b"\xe1", b"\xed") or (len(name) == 4 and name not in _PLAIN):
        yield NOTES


def _is_of_numbers(name: bytes, block: bytes) -> bool:
    """Whether a colour profile holds nothing but numbers and the words of those who make programs."""
    try:
        title, profile = (b"", block)
        if name == b"iCCP":
            title, _, packed = block.partition(b"\0")
            profile = zlib.decompressobj().decompress(packed[1:], _LARGEST_PROFILE)
        elif name != b"ICCP":
            profile = block[14:]
        texts, rest = [title], bytearray(profile)
        (count,) = struct.unpack_from(">I", profile, 128)
        if len(profile) >= _LARGEST_PROFILE or count > 60:
            return False
        rest[: 132 + 12 * count] = bytes(132 + 12 * count)
        for _, place, size in struct.iter_unpack(">4sII", profile[132 : 132 + 12 * count]):
            part = profile[place : place + size]
            rest[place : place + size] = bytes(len(part))
            if part[:4] in _TEXTS:
                texts.append(re.sub(rb"[a-z]{2}[A-Z]{2}(?![A-Za-z])", b"", part.replace(b"\0", b"")))  # languages, such as enUS
            elif part[:4] not in _NUMBERS:
                return False
        words = {word for text in texts for word in re.findall(r"[^\W\d_]{3,}", text.decode("latin-1").lower())}
        return all(map(_MAKERS.fullmatch, words)) and not any(rest)
    except (struct.error, zlib.error):
        return False


def _jpeg_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, marker = 2, b""
    while found := _MARKER.search(data, place) if marker == b"\xda" else _MARKER.match(data, place):
        marker, place = found[1], found.end()
        if marker == b"\xd9":
            yield _END, data[place:]
            return
        if marker != b"\x01":  # it stands alone
            (length,) = struct.unpack_from(">H", data, place)
            yield marker, data[place + 2 : place + length]
            place += length
    raise _Damaged


def _png_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, name = 8, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, place)
        yield name, data[place + 8 : place + 8 + length]
        place += 12 + length
    if place > len(data):
        raise _Damaged
    yield _END, data[place:]


def _webp_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    size, form = struct.unpack_from("<I4s", data, 4)
    if form != b"WEBP" or size + 8 > len(data):
        raise _Damaged
    place = 12
    while place < size + 8:
        name, length = struct.unpack_from("<4sI", data, place)
        yield name, data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2
    yield _END, data[size + 8 :]


_PARTS = {".jpg": _jpeg_parts, ".jpeg": _jpeg_parts, ".png": _png_parts, ".webp": _webp_parts}


def _carried_in_exif(block: bytes) -> Iterator[str]:
    """What an EXIF block says about people. A block that cannot be followed is told as notes."""
    try:
        order = {b"II*\0": "<", b"MM\0*": ">"}[block[:4]]
        notes, following = _directory(block, order, *struct.unpack_from(order + "I", block, 4))
        yield from (_SAYS[name] for name in notes if name in _SAYS)
        if "ExifOffset" in notes:
            yield from (_SAYS[name] for name in _directory(block, order, notes["ExifOffset"])[0] if name in _SAYS)
        if "GPSInfo" in notes and _directory(block, order, notes["GPSInfo"])[0].keys() - {0}:  # 0 is the version of the notes themselves
            yield PLACE
        if following:
            yield COPY
    except (KeyError, struct.error):
        yield NOTES


def _directory(block: bytes, order: str, place: int) -> tuple[dict[str | int, int], int]:
    """The notes of one directory by name, with what stands at each, and where the next directory begins."""
    from PIL import ExifTags

    (count,) = struct.unpack_from(order + "H", block, place)
    entries = (struct.unpack_from(order + "HHII", block, place + 2 + 12 * number) for number in range(count))
    (following,) = struct.unpack_from(order + "I", block, place + 2 + 12 * count)
    return {ExifTags.TAGS.get(tag, tag): value for tag, _, _, value in entries}, following
