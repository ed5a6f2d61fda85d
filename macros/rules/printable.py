"""Rule: every character can be printed with the site's own typeface. It advises and never stops a build.

Which characters the typeface has is read from the ``unicode-range`` lines of overrides/assets/styles/fonts.css and fonts-print.css,
which a test holds to the font files. PDFs are made with those fonts alone, so that they are the same on every computer.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from macros.content.catalogue import Catalogue
from macros.problems import Problem
from macros.sources.files import column_at, line_at

STYLES = Path(__file__).parents[2] / "overrides" / "assets" / "styles"
_NOT_DRAWN = r"\s\xad\ufeff"  # blanks of every width, line ends, soft hyphens and the mark of byte order need no glyph
_NEVER_SHOWN = re.compile(r"^found_by:.*(?:\n[ -].*)*", re.MULTILINE)  # words for the search alone, in one line or several
_MOST = 5  # signs named of one file, which may hold a whole text in another script


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A character that the site's typeface does not have, such as an arrow, a tick or an emoji, is printed as an empty box. Pages for editors alone are left out."""
    ours = {page.source.file for page in catalogue.pages.values() if page.is_for_editors or page.language}
    numbers = {f"data/tables/{name}.csv" for name in catalogue.tables}
    for file in sorted({place.document.file for place in catalogue.places.values()} - ours | numbers):  # what could be read
        text = _NEVER_SHOWN.sub(lambda words: re.sub(".", " ", words[0]), catalogue.texts.get(file, ""))
        if found := list(_unprintable().finditer(text)):
            at = found[0].start()
            signs = ", ".join(f'"{sign}" (U+{ord(sign):04X})' for sign in list(dict.fromkeys(match.group() for match in found))[:_MOST])
            says = f"In print an empty box stands in place of {signs}, which the site's typeface does not have."
            yield Problem(file, line_at(text, at), says, "Write it in words, or leave it out.", column=column_at(text, at), severity="warning")


@cache
def _unprintable() -> re.Pattern[str]:
    """Any character that none of the fonts has."""
    styles = "".join((STYLES / name).read_text(encoding="utf-8") for name in ("fonts.css", "fonts-print.css"))
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", styles)
    known = "".join(f"{chr(int(first, 16))}-{chr(int(last or first, 16))}" for first, last in ranges)
    return re.compile(f"[^{_NOT_DRAWN}{known}]")
