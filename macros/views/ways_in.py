"""Ways in: links that open GitHub's new-file page in the right folder, filled with the template of a kind.

Owns: those addresses, kept short enough for GitHub. Never: asks GitHub anything.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from macros.content.catalogue import Catalogue
from macros.content.periods import months_later
from macros.models import KINDS, TABLE
from macros.models.base import ContentType

LONGEST_ADDRESS = 8_000  # characters; GitHub answers longer ones with an error
# What editors add most, in the order of the guide; every other kind follows under "Something else".
OFTEN = ("review", "briefing", "news", "session", "table", "publication")


@dataclass(frozen=True)
class WayIn:
    """A link that begins a new entry. ``more`` is the second file, where an entry is made of two."""

    kind: ContentType
    title: str
    says: str
    address: str
    more: str = ""

    @property
    def often(self) -> bool:
        """Whether it stands at the top of the page."""
        return self.kind.name in OFTEN


def ways_in(catalogue: Catalogue, repository: str) -> list[WayIn]:
    """A way in for every kind of entry, the most used first."""
    found = [_way_in(kind, repository, catalogue) for kind in KINDS]
    return sorted(found, key=lambda way: (OFTEN.index(way.kind.name) if way.often else len(OFTEN), way.title))


def _way_in(kind: ContentType, repository: str, catalogue: Catalogue) -> WayIn:
    def new(ending: str) -> str:
        text = catalogue.texts.get(f"data/templates/{kind.name}{ending}", "")
        for setting, day in (("written_on", catalogue.today), ("review_by", months_later(catalogue.today, 12)), ("announced_on", catalogue.today)):
            text = re.sub(rf"^( *{setting}:)$", rf"\1 {day}", text, flags=re.MULTILINE)
        return new_file(repository, kind.home.removesuffix(".yml"), f"name-of-the-{kind.name}{ending}", text)

    what = kind.title[0].lower() + kind.title[1:]
    if kind.plural != kind.name:  # the title is a plural, or a name for all of them
        one = f"{what[:-3]}y" if what.endswith("ies") else what[:-1] if what.endswith("s") else kind.name.replace("-", " ")
        what = f"{'an' if one[0] in 'aeiou' else 'a'} {one}"
    return WayIn(kind, f"Add {what}", kind.what_it_is, new(".md" if kind.is_pages else ".yml"), new(".csv") if kind is TABLE else "")


def new_file(repository: str, folder: str, name: str, text: str) -> str:
    """The address of GitHub's new-file page for a folder, with a name and text filled in. Raises ValueError where the address is longer than GitHub takes."""
    asked = urlencode({"filename": name, "value": text}, safe=",:/?@!$()*")  # a third shorter than with each of these signs in code
    address = f"{repository.rstrip('/')}/new/main/{folder.rstrip('/')}?{asked}"
    if len(address) > LONGEST_ADDRESS:
        raise ValueError(f"the template for {folder} makes an address of {len(address):,} characters; GitHub takes at most {LONGEST_ADDRESS:,}")
    return address
