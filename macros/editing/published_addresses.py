"""The list of every address that was ever published, kept in data/ so that no change can lose one in silence.

Owns: adding new addresses to ``data/published_addresses.txt``, when asked to on the command line. Never: takes one away, or runs during a build.
"""

from macros.content.catalogue import PUBLISHED, Catalogue
from macros.rules.redirects import unlisted
from macros.writing import write_whole

HEADING = """\
# Every address this site has ever published, one a line. The check sees to it that each stays a page or leads to one.
# A line is never deleted. New pages are added by: python -m macros outputs --addresses
"""


def add_new(catalogue: Catalogue) -> list[str]:
    """Adds what is new to the list, keeps it in order, and returns what was added."""
    new = unlisted(catalogue)
    if new:
        listed = sorted([*catalogue.published, *new])
        write_whole(catalogue.root / PUBLISHED, (HEADING + "".join(f"{address}\n" for address in listed)).encode())
    return new
