"""Old addresses lead on, published ones live, and no link within the real site is dead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from macros.catalogue import Catalogue

HOME = "http://home"


def file_at(site: Path, address: str) -> Path:
    """The file that a server of files shows at an address of the site."""
    path = unquote(urlsplit(address).path).lstrip("/")
    found = site / path
    return found / "index.html" if found.is_dir() or not path or path.endswith("/") else found


@cache
def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def places_in(file: Path) -> frozenset[str]:
    return frozenset(re.findall(r'\sid="([^"]+)"', read(file)))


def test_every_old_address_leads_to_its_page_without_a_script(content: Catalogue, built_real: Path) -> None:
    redirects = content.all("redirect")
    assert redirects
    for redirect in redirects:
        page = read(file_at(built_real, redirect.from_))
        refresh = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', page)
        link = re.search(r'You will find it here: <a href="([^"]+)">', page)
        assert refresh and link and refresh.group(1) == link.group(1), redirect.from_
        there = urljoin(f"{HOME}{redirect.from_.rstrip('/')}/", unescape(link.group(1)))
        assert urlsplit(there).path == urlsplit(redirect.to).path, redirect.from_
        assert file_at(built_real, there).is_file(), redirect.from_


def test_at_every_address_that_was_ever_published_there_is_something(content: Catalogue, built_real: Path) -> None:
    assert content.published
    assert [address for address in content.published if not file_at(built_real, address).is_file()] == []


def test_no_link_within_the_site_is_dead(built_real: Path) -> None:
    pages = sorted(built_real.rglob("*.html"))
    assert [fault for page in pages for fault in dead_links(built_real, page)] == []


def dead_links(site: Path, page: Path) -> Iterator[str]:
    here = page.relative_to(site).as_posix().removesuffix("index.html")
    for link in set(re.findall(r'\s(?:href|src|action)="([^"]*)"', read(page))):
        target = urlsplit(urljoin(f"{HOME}/{'' if here == '404.html' else here}", unescape(link)))
        if f"{target.scheme}://{target.netloc}" != HOME:
            continue
        file = file_at(site, target.path)
        if not file.is_file():
            yield f"{here}: {link}"
        elif target.fragment and file.suffix == ".html" and unquote(target.fragment) not in places_in(file):
            yield f"{here}: {link} (no such place)"
