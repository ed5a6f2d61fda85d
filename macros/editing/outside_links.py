"""Links that lead out of the site: where they stand, and whether they still lead somewhere.

Owns: collecting them and asking each address, gently: one question at a time to a site, several tries, a limit on time. An address that only says no to
machines is not called dead. Never: stops a build; asks an address that data/link_exceptions.yml excuses; or reaches a machine that is not on the
public internet, wherever a name or another site leads.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from urllib import request as web
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag, urlsplit

from macros.content.catalogue import Catalogue

TRIES, WAIT, PATIENCE = 3, 5.0, 20.0  # how often, seconds between tries, seconds for an answer in all
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


def is_public(ip: str) -> bool:
    """Whether a machine's address is one of the public internet, and neither of a network of somebody's own nor a way into one."""
    found = ip_address(ip.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_global and not (found.is_multicast or found.is_reserved or getattr(found, "sixtofour", None))


class _Connection(HTTPConnection):
    """Resolves a name once, and connects to what was looked at."""

    def connect(self) -> None:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        if not all(is_public(str(machine[0])) for *_, machine in found):
            raise _NotPublic
        self.sock = socket.create_connection((str(found[0][4][0]), self.port), PATIENCE)


class _Safe(_Connection):
    default_port = 443

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


class _NotPublic(OSError):
    """A name led to a machine that is not on the public internet."""


class _Web(web.HTTPHandler):
    https_request = web.HTTPHandler.http_request

    def http_open(self, req: web.Request) -> HTTPResponse:
        return self.do_open(_Connection, req)

    def https_open(self, req: web.Request) -> HTTPResponse:
        return self.do_open(_Safe, req)


def _ask(address: str) -> str | None:
    """One question, within the limit on time however slowly the answer comes; nothing where somebody is there."""
    said: SimpleQueue[str | None] = SimpleQueue()
    Thread(target=lambda: said.put(_answer(address)), daemon=True).start()  # which ends with the program, whatever a server makes it wait for
    try:
        return said.get(timeout=PATIENCE)
    except Empty:
        return "it does not answer (too slow)"


def _answer(address: str) -> str | None:
    """Nothing for an answer of any sort that shows somebody is there; a failure in a few words, the same every week."""
    opener = web.OpenerDirector()
    for handler in (web.UnknownHandler, web.HTTPDefaultErrorHandler, web.HTTPRedirectHandler, web.HTTPErrorProcessor, _Web):
        opener.add_handler(handler())
    failure: object
    try:
        with opener.open(web.Request(address, headers={"User-Agent": _AGENT, "Accept": "text/html,*/*"}), timeout=PATIENCE) as answer:  # noqa: S310
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
    known = {
        "gaierror": "no such site",
        "timeout": "too slow",
        "TimeoutError": "too slow",
        "ConnectionRefusedError": "refused",
        "_NotPublic": "not on the public internet",
    }
    return f"it does not answer ({known.get(name, 'certificate' if 'SSL' in name else 'no connection')})"
