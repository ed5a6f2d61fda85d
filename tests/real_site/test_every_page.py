"""Every page of the real site in a real browser: what a reader would meet, and how it is laid out on screens of five widths.

The rules of accessibility are asked light on a desktop; of every kind of thing also dark on a phone.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame

from macros.components import Components
from macros.content.catalogue import address_of_page
from macros.content.reading import load_catalogue
from macros.website.generated_pages import generated_pages
from tests.browser import layout
from tests.browser.test_paper import BEYOND, WIDTH
from tests.browser.watching import AXE, Watched, faults_found_by_axe, watching
from tests.mistakes_corpus import TODAY
from tests.whole_sites import ROOT

MOST_MOVED = 0.1  # what Core Web Vitals call good; tests/browser/test_layout_shift.py is stricter, with a computer's load left out
MOST_HIGH = 12_000  # pixels on a phone: about fourteen of its screens
# Data pages that are one long table, which a reader of a phone goes through with its own box to find and sort.
LONG_TABLES = {"/performance/education-settings/": "171 rows in one list, which is there to be searched"}
# Asked in one go, because each question to the browser costs as much as its answer: what has moved, and what is on every page.
FACTS = """async () => ({
    moved: await new Promise(done => {
        new PerformanceObserver(list => done(list.getEntries().reduce((sum, shift) => sum + shift.value, 0))).observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(0), 20);
    }),
    headings: document.querySelectorAll('h1').length,
    wide: !!document.querySelector('.table-scroll tr > :nth-child(7)'),
    unseen: ['a[data-leave]', ".urgent-bar a[href='tel:999']"].filter(wanted => ![...document.querySelectorAll(wanted)].some(
        one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.getBoundingClientRect().width)),
})"""


def addresses() -> list[str]:
    """The address of every page that a build makes. They do not depend on the day."""
    catalogue, _ = load_catalogue(ROOT, TODAY)
    made = [address_of_page(page.path) for page in generated_pages(catalogue, Components(catalogue))]
    return [page.address for page in catalogue.pages.values()] + made + ["/404.html"]


# Marks the elements of a page that stand for what is new in it, and what is in them; all, where scripts have changed one of them.
MARK = """wanted => {
    const looks = ['class', 'role', 'open', 'hidden', 'aria-current', 'aria-sort'], unseen = new Set(wanted);
    const said = one => one.localName + [...one.attributes].filter(({ name }) => looks.includes(name)).map(({ name, value }) => ` ${name}` + (value && `="${value}"`)).join('');
    const all = [document.body, ...document.body.querySelectorAll('*')].filter(({ localName }) => /^[a-z0-9]+$/.test(localName)).map(one => [one, said(one)]);
    all.slice(1).forEach(([after, called], before) => {
        const pair = `${all[before][1]} | ${called}`;
        if (unseen.delete(pair) || wanted.includes(pair)) all[before][0].dataset.new = after.dataset.new = '';
    });
    if (unseen.size) document.body.dataset.new = '';
}"""
_OPENS = re.compile(r"<([a-z0-9]+)((?: [^<>]*)?)>")
_LOOKS = re.compile(r' (?:class|role|open|hidden|aria-current|aria-sort)(?:="[^"]*")?')


@pytest.fixture(scope="session")
def something_new(built_real: Path) -> dict[str, list[str]]:
    """What each of few pages has that no other of them has: every element after every other that it follows anywhere, by name, class and state.

    How a thing looks depends on these, so that the colours of each, and each on a phone, are looked at once.
    """
    holds = {}
    for address in addresses():
        html = (built_real / (address.lstrip("/") + ("index.html" if address.endswith("/") else ""))).read_text(encoding="utf-8")
        things = ["".join((name, *_LOOKS.findall(rest))).replace('=""', "") for name, rest in _OPENS.findall(html[html.index("<body") :])]
        holds[address] = {f"{before} | {after}" for before, after in itertools.pairwise(things)}
    unseen: set[str] = set().union(*holds.values())
    found = {}
    while unseen:
        most = max(holds, key=lambda address: len(holds[address] & unseen))
        found[most] = sorted(holds[most] & unseen)
        unseen -= holds[most]
    return found


@pytest.fixture(scope="session")
def watched_with_axe(browser: Browser, served_real: str) -> Iterator[Watched]:
    """A page that brings axe along to every address: sending half a megabyte each time would take longer than running it."""
    with watching(browser, served_real) as watched:
        watched.page.add_init_script(AXE)
        watched.open("/robots.txt")  # of the same address, and with no policy that forbids a frame
        yield watched


@pytest.fixture(scope="session")
def frame(watched_with_axe: Watched) -> Frame:
    """The frame in which each page is opened."""
    return layout.frame(watched_with_axe.page)


@pytest.mark.parametrize("address", addresses())
def test_a_page_is_accessible_fits_and_keeps_to_itself(watched_with_axe: Watched, frame: Frame, address: str, something_new: dict[str, list[str]]) -> None:
    """Every rule, each scheme once: a scheme changes nothing but colours, which every component is held to in all four states."""
    watched, page = watched_with_axe, watched_with_axe.page
    layout.widen(frame, layout.DESKTOP)
    watched.open(address, frame)
    new = something_new.get(address, [])
    if new:
        frame.evaluate(MARK, new)
    faults = {"desktop, light": faults_found_by_axe(frame, colours=bool(new), of="data-new")}
    facts = frame.evaluate(FACTS)  # now that the page has been drawn, whenever that was
    high = layout.height(frame)
    if new:
        page.emulate_media(color_scheme="dark")
        faults["phone, dark"] = faults_found_by_axe(frame, of="data-new")
        page.emulate_media(color_scheme="light")
    assert not any(faults.values()), json.dumps(faults, indent=1)[:4000]
    assert high <= MOST_HIGH or address in LONG_TABLES
    badly = layout.faults(frame)
    assert not badly, json.dumps(badly, indent=1)[:4000]
    if facts["wide"]:  # a table so wide has to fit a sheet of paper, too
        page.emulate_media(media="print")
        layout.widen(frame, WIDTH)
        beyond = frame.evaluate(BEYOND)
        page.emulate_media(media="no-override")
        assert not beyond, beyond
    assert facts["headings"] == 1
    assert facts["unseen"] == []
    assert facts["moved"] < MOST_MOVED
    assert watched.elsewhere == []
    assert watched.complaints == []
