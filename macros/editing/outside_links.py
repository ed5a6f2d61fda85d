"""Links that lead out of the site: where they stand, and whether they still lead somewhere.

Owns: collecting them and asking each address, gently: one question at a time to a site, several tries, a limit on time. An address that only says no to
machines is not called dead. Never: stops a build; and never asks an address that data/link_exceptions.yml excuses.
"""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag, urlsplit
from urllib.request import Request, urlopen

from macros.content.catalogue import Catalogue

TRIES, WAIT, PATIENCE = 3, 5.0, 20.0  # how often, seconds between tries, seconds for an answer
_GONE = (404, 410)
_AGENT = "Mozilla/5.0 (compatible; weekly link check of a public website)"


@dataclass(frozen=True)
class OutsideLink:
    """An address, where it stands and who looks after that."""

    address: str
    file: str
    line: int | None
    owner: str


@dataclass(frozen=True)
class DeadLink(OutsideLink):
    """A link whose address is gone, and how that was seen."""

    says: str


def outside_links(catalogue: Catalogue) -> list[OutsideLink]:
    """Every address on the web that the content names, without those that are excused today."""
    excused = {exception.address for exception in catalogue.all("link-exception") if exception.review_by >= catalogue.today}
    found = [OutsideLink(link.target, page.source.file, link.line, page.meta.owner) for page in catalogue.pages.values() for link in page.links]
    for kind, setting in (("contact", "value"), ("source", "link"), ("publication", "link")):
        for record in catalogue.all(kind):
            place = catalogue.places[(kind, record.id)]
            owner = getattr(record, "owner", "business-team")
            found.append(OutsideLink(getattr(record, setting) or "", place.document.file, place.line(setting), owner))
    return [link for link in found if link.address.startswith(("http://", "https://")) and link.address not in excused]


def dead_links(links: Iterable[OutsideLink], wait: float = WAIT, ask: Callable[[str], str | None] | None = None) -> list[DeadLink]:
    """The links that lead nowhere. Each address is asked once however often it is in the content."""
    asked = [(link, urldefrag(link.address).url) for link in links]
    by_site: dict[str, list[str]] = {}
    for address in dict.fromkeys(address for _, address in asked):
        by_site.setdefault(urlsplit(address).netloc, []).append(address)
    asking = ask or (lambda address: why_dead(address, wait))
    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = dict(pair for pairs in pool.map(lambda site: [(address, asking(address)) for address in site], by_site.values()) for pair in pairs)
    return [DeadLink(**vars(link), says=says) for link, address in asked if (says := answers[address])]


def why_dead(address: str, wait: float = WAIT) -> str | None:
    """In words why an address leads nowhere; nothing where it answers, or may only be shy of machines."""
    said: str | None = None
    for attempt in range(TRIES):
        time.sleep(wait * attempt)
        said = _ask(address)
        if said is None:
            break
    return said


def _ask(address: str) -> str | None:
    """One question. Nothing for an answer of any sort that shows somebody is there; a failure in a few words, the same every week."""
    failure: object
    try:
        request = Request(address, headers={"User-Agent": _AGENT, "Accept": "text/html,*/*"})  # noqa: S310
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            answer.read(1)
            return None
    except HTTPError as error:
        error.close()
        return f"it answers {error.code}, not found" if error.code in _GONE else None
    except URLError as error:
        failure = error.reason
    except (HTTPException, OSError, ValueError) as error:
        failure = error
    name = type(failure).__name__
    known = {"gaierror": "no such site", "timeout": "too slow", "TimeoutError": "too slow", "ConnectionRefusedError": "refused"}
    return f"it does not answer ({known.get(name, 'certificate' if 'SSL' in name else 'no connection')})"
