"""The guide's two pages on how the site looks leave nothing out: the first goes with the machinery, the second shows this partnership's own records."""

from __future__ import annotations

import re
from typing import Any

import pytest
from jinja2 import Environment

from macros.components import Components
from macros.content.catalogue import Catalogue
from tests.whole_sites import ROOT


def test_the_pages_of_the_look_show_every_component_or_name_the_page_that_does(content: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new template in overrides/components/ is shown on one of the two, or named there with a link to where it stands."""
    asked: set[str] = set()
    find = Environment.get_template

    def noted(engine: Environment, name: str, *more: Any, **names: Any) -> Any:
        asked.add(name)
        return find(engine, name, *more, **names)

    pages = [content.pages["contribute/look.md"], content.pages["contribute/look-of-data.md"]]
    components = Components(content)
    monkeypatch.setattr(Environment, "get_template", noted)
    shown = "".join(str(getattr(components, call.name)(*call.arguments, **dict(call.named))) for page in pages for call in page.calls)
    for around in (components.page_header, components.page_standing, components.furniture):
        around(pages[0])
    frame = set(re.findall(r"components/(\w+\.html)", (ROOT / "overrides/main.html").read_text())) | {"site_menu.html", "section_menu.html", "site_foot.html"}
    every = {path.name for path in (ROOT / "overrides/components").glob("*.html")}
    named = set(re.findall(r"`(\w[\w-]*\.html)`", "".join(page.source.body for page in pages)))
    assert named == every - asked - frame, {
        "neither shown nor named": every - asked - frame - named,
        "named and shown, or not there": named - (every - asked - frame),
    }
    states = ("done", "under way", "planned", "not stated")
    assert [state for state in states if f'<li class="{state.replace(" ", "-")}"' not in shown] == [], "an action in every state"
