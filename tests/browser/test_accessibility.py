"""What axe finds in each component of the small site, and that a dark scheme changes nothing but colours."""

from __future__ import annotations

import pytest

from tests.browser.watching import AXE, DESKTOP, PHONE, WORKED_OUT, Watched, faults_found_by_axe

PAINTED = "^--|color|fill|stroke|shadow|background|image|filter"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_component_is_accessible_light_and_dark(fresh: Watched, size: dict[str, int]) -> None:
    page = fresh.page
    page.set_viewport_size(size)
    fresh.open("/every-word/")
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert faults_found_by_axe(page) == [], scheme


def test_axe_does_find_faults_of_either_sort(fresh: Watched) -> None:
    page = fresh.page
    fresh.open("/topics/kites/")
    page.evaluate(AXE)
    page.emulate_media(color_scheme="dark")
    for grey, rule in ((110, "color-contrast"), (130, "color-contrast-enhanced")):
        page.evaluate("grey => document.querySelector('main p').style.color = `rgb(${grey}, ${grey}, ${grey})`", grey)
        assert [fault.split()[0] for fault in faults_found_by_axe(page)] == [rule]
    page.evaluate("document.querySelector('#q').removeAttribute('id')")
    assert {fault.split()[0] for fault in faults_found_by_axe(page)} == {"color-contrast-enhanced", "label"}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_dark_scheme_changes_nothing_but_colours(fresh: Watched, size: dict[str, int]) -> None:
    page = fresh.page
    page.set_viewport_size(size)
    fresh.open("/every-word/")
    page.reload()  # the typeface has come by now, and is not left out for coming late
    page.evaluate("document.fonts.ready")
    page.emulate_media(color_scheme="light")
    elements, _ = page.evaluate(WORKED_OUT, PAINTED)
    page.emulate_media(color_scheme="dark")
    assert elements > 500 and page.evaluate(WORKED_OUT, PAINTED) == [elements, []]
