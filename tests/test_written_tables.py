"""Tables that an editor writes in Markdown: a phone can scroll them, and so can a keyboard."""

from __future__ import annotations

import re

import markdown

from macros.components.written import framed_tables

TABLE = "| kite | string |\n|---|---|\n| red | long |\n"


def test_each_table_stands_in_a_frame_of_its_own_that_can_be_reached_and_has_a_name() -> None:
    html = framed_tables(markdown.markdown(f"Before.\n\n{TABLE}\nBetween.\n\n{TABLE}", extensions=["tables"]))
    frames = re.findall(
        r'<div class="table-scroll" role="region" aria-label="(.*?)" tabindex="0">\n<table class="written">.*?</table>\n</div>', html, re.DOTALL
    )
    assert frames == ["Table 1", "Table 2"]
    assert html.count("<table") == html.count("</table>") == 2
    assert "<td>long</td>" in html and html.startswith("<p>Before.</p>")


def test_a_page_without_tables_stays_as_it_is() -> None:
    assert framed_tables("<p>No table here.</p>") == "<p>No table here.</p>"
