"""Every page of the real site, light and dark, on a desktop and a phone: what a reader would meet."""

from __future__ import annotations

import importlib.resources
import json
from datetime import date

import pytest

from macros.catalogue import address_of_page, load_catalogue
from macros.components import Components
from macros.website.generated_pages import generated_pages
from tests.browser.conftest import ROOT, Watched

AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def _addresses() -> list[str]:
    catalogue, _ = load_catalogue(ROOT, date(2026, 11, 20))
    made = [address_of_page(page.path) for page in generated_pages(catalogue, Components(catalogue))]
    return [page.address for page in catalogue.pages.values()] + made + ["/404.html"]


ADDRESSES = _addresses()


def _axe(watched: Watched) -> list[str]:
    """What axe finds, of any severity, one line a fault."""
    found = watched.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_accessible_and_keeps_to_itself(watched: Watched, address: str) -> None:
    page = watched.page
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    watched.open(address)
    page.evaluate(AXE)
    faults = {}
    for size_name, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if found := _axe(watched):
                faults[f"{size_name}, {scheme}"] = found
    assert not faults, json.dumps(faults, indent=1)[:4000]
    assert watched.elsewhere == []
    assert watched.complaints == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_fits_320_pixels(watched: Watched, address: str) -> None:
    page = watched.page
    page.set_viewport_size({"width": 320, "height": 640})
    watched.open(address)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320, page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 321 && !e.closest('.table-scroll'))
                 .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert page.locator("h1").count() == 1
    assert page.locator("a[data-leave]").is_visible()
    assert page.locator(".urgent-bar a[href='tel:999']").is_visible()
