"""Old addresses lead on, and published ones live."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from macros.content.catalogue import Catalogue
from tests.whole_sites import ROOT

HOME = "http://home"


def file_at(site: Path, address: str) -> Path:
    """The file that a server of files shows at an address of the site."""
    path = unquote(urlsplit(address).path).lstrip("/")
    found = site / path
    return found / "index.html" if found.is_dir() or not path or path.endswith("/") else found


def lines(name: str, beginning: str) -> int:
    """How many lines of a file of data begin so: what a site has just begun has none of, a list that is lost when it is read shows."""
    return len(re.findall(f"^{beginning}", (ROOT / "data" / name).read_text(encoding="utf-8"), re.MULTILINE))


def test_every_old_address_leads_to_its_page_without_a_script(content: Catalogue, built_real: Path) -> None:
    redirects = content.all("redirect")
    assert len(redirects) == lines("redirects.yml", r"-? +from:")
    for redirect in redirects:
        page = file_at(built_real, redirect.from_).read_text(encoding="utf-8")
        refresh = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', page)
        link = re.search(r'You will find it here: <a href="([^"]+)">', page)
        assert refresh and link and refresh.group(1) == link.group(1), redirect.from_
        there = urljoin(f"{HOME}{redirect.from_.rstrip('/')}/", unescape(link.group(1)))
        assert urlsplit(there).path == urlsplit(redirect.to).path, redirect.from_
        assert file_at(built_real, there).is_file(), redirect.from_


def test_at_every_address_that_was_ever_published_there_is_something(content: Catalogue, built_real: Path) -> None:
    assert len(content.published) == lines("published_addresses.txt", "/")
    assert [address for address in content.published if not file_at(built_real, address).is_file()] == []
