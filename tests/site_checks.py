"""What a browser, a crawler or a program would find wrong with a built site, whatever the site is about.

Owns: looking through a folder of finished files, one check for each promise. Never: knows what a page says, or asserts;
the tests of the small site and of the real site do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.page_reader import PageReader, read_page

Check = Callable[[Path], list[str]]
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
}


@cache
def pages_of(site: Path) -> dict[str, PageReader]:
    """Every page by its path, read once."""
    return {path.relative_to(site).as_posix(): read_page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def strict_policy_before_anything_else(site: Path) -> list[str]:
    """Pages without the one strict content policy, with something before it, or that tell where a reader comes from."""
    found = []
    for name, page in pages_of(site).items():
        policies = [{rule.split()[0]: rule.split()[1:] for rule in policy.split(";") if rule.strip()} for policy in page.policies]
        before = [tag for tag in page.before_policy if tag not in ("html", "head", "meta")]
        if policies != [POLICY] or before or page.referrer != ["no-referrer"]:
            found.append(f"{name}: {policies}, {before}, {page.referrer}")
    return found


def nothing_run_or_loaded_from_elsewhere(site: Path) -> list[str]:
    """What pages run or load that is not the site's own."""
    return [f"{name}: {fault}" for name, page in pages_of(site).items() for fault in page.faults]


def data_blocks_are_data(site: Path) -> list[str]:
    """Data blocks that are not JSON-LD, or that hold a sign of markup."""
    blocks = [(name, block) for name, page in pages_of(site).items() for block in page.data_blocks]
    if not blocks:
        return ["no page has a data block"]
    return [f"{name}: {block[:80]}" for name, block in blocks if "<" in block or json.loads(block)["@context"] != "https://schema.org"]


def only_what_is_no_destination_asks_not_to_be_listed(site: Path) -> list[str]:
    """Pages that ask search engines for what they should not ask."""
    found = []
    for name, page in pages_of(site).items():
        text = (site / name).read_text(encoding="utf-8")
        gone = 'http-equiv="refresh"' in text or "<h1>This page has been withdrawn</h1>" in text
        if page.robots != (["noindex"] if name == "404.html" or gone else []):
            found.append(f"{name}: {page.robots}")
    return found


def styles_and_scripts_call_no_other_website(site: Path) -> list[str]:
    """Style sheets and scripts that reach out, or scripts that make markup or code of text."""
    code = r"\beval\s*\(|new\s+Function|document\.write|innerHTML|outerHTML|insertAdjacentHTML|setAttribute\(\s*[\"']on|import\s*\("
    signs = {"css": r"@import|url\(\s*(?![\"']?(?:data:|#|\.\./))", "js": rf"{code}|[\"'`](?:https?:)?//"}
    found = []
    for ending, sign in signs.items():
        files = sorted(site.rglob(f"*.{ending}"))
        found += [] if files else [f"the site has no .{ending}"]
        found += [f"{file.relative_to(site)}: {match.group()}" for file in files if (match := re.search(sign, file.read_text(encoding="utf-8")))]
    return found


CHECKS: tuple[Check, ...] = (
    strict_policy_before_anything_else,
    nothing_run_or_loaded_from_elsewhere,
    data_blocks_are_data,
    only_what_is_no_destination_asks_not_to_be_listed,
    styles_and_scripts_call_no_other_website,
)
