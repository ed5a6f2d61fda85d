"""What is finished of a page that Markdown made: tables that fit a phone, and long pages folded there."""

from __future__ import annotations

import re

import markdown

from macros.components.written import FEW_LINES, LONG, folded, framed_tables, unfolded

TABLE = "| kite | string |\n|---|---|\n| red | long |\n"


def test_each_table_stands_in_a_frame_of_its_own_that_can_be_reached() -> None:
    html = framed_tables(markdown.markdown(f"Before.\n\n{TABLE}\nBetween.\n\n{TABLE}", extensions=["tables"]))
    frame = r'<div class="table-scroll" role="group" aria-label="May scroll sideways" tabindex="0">\n<table class="written">.*?</table>\n</div>'
    assert len(re.findall(frame, html, re.DOTALL)) == 2
    assert html.count("<table") == html.count("</table>") == 2
    assert "<td>long</td>" in html and html.startswith("<p>Before.</p>")


def test_a_wide_one_has_the_headings_in_its_cells_for_a_phone() -> None:
    wide = "| kite | *string* & tail | for |\n|---|--:|---|\n| red | long | 2 |\n| blue | | 3 |\n"
    html = framed_tables(markdown.markdown(wide, extensions=["tables"]))
    assert '<table class="written stacks">' in html and "data-label" not in framed_tables(markdown.markdown(TABLE, extensions=["tables"]))
    assert re.findall(r'<td data-label="(.*?)"(?: style="[^"]*")?>(.*?)</td>', html) == [
        ("kite", "red"), ("string &amp; tail", "long"), ("for", "2"), ("kite", "blue"), ("string &amp; tail", ""), ("for", "3"),
    ]  # fmt: skip


def test_a_page_without_tables_stays_as_it_is() -> None:
    assert framed_tables("<p>No table here.</p>") == "<p>No table here.</p>"


LINES = f"<p>{'word ' * (FEW_LINES // 4 + 1)}</p>"


def test_a_long_page_is_folded_after_each_heading_and_the_heading_stays_in_sight() -> None:
    """Parts end where the next begins or the element around them does; the first, a list, a report's summary and a part of few lines stay as they are."""
    page = (
        f"<p>Lead</p><section class='summary-box'><h2>In short</h2>{LINES}</section><h2>First</h2>{LINES}<h2 id='a'>A &amp; <em>a</em></h2>{LINES}<div><p>b</p></div>"
        f"<h2 id='few'>Few</h2><p>Few words.</p><div class='glossary'><section><h2>C</h2>{LINES}<ul><li><h2>In a list</h2>{LINES}</li></ul></section></div>"
        f"<h2>Last</h2>{LINES}"
    ).replace("'", '"')
    assert folded(page) == page, "short pages stay as they are"
    long = page + LINES * (LONG // FEW_LINES)
    html = folded(long)
    assert unfolded(html).replace('<details class="part">\n', "").replace("</details>\n", "") == long
    assert re.findall(r"(<h2[^>]*>(?:A &amp; <em>a</em>|\w+)</h2>)<details class=\"part\">.*?: (.*?)</span></summary>", html) == [
        ('<h2 id="a">A &amp; <em>a</em></h2>', "A &amp; a"), ("<h2>C</h2>", "C"), ("<h2>Last</h2>", "Last"),
    ]  # fmt: skip
    assert '<div><p>b</p></div></details>\n<h2 id="few">' in html and "</li></ul></details>\n</section></div>" in html and html.endswith("</details>\n")
