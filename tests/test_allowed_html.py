"""The last door: whatever an editor's Markdown becomes, a browser finds nothing in it but what a page may hold."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import markdown
import pytest
import tinyhtml5
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.rules.links import is_address
from macros.website import building
from macros.website.allowed_html import ELEMENTS, faults_in
from tests.whole_sites import ROOT

EXTENSIONS = [
    "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "sane_lists", "tables", "toc", "pymdownx.betterem", "pymdownx.caret", "pymdownx.details",
    "pymdownx.keys", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip
CONVERTER = markdown.Markdown(extensions=EXTENSIONS, extension_configs={"pymdownx.tabbed": {"alternate_style": True}})
FINE = """## Kites

!!! note "Mind"
    Kites[^1] are ==light==, ^^up^^ and ~~down~~; H~2~O and x^2^.

??? warning "More"
    Hidden until it is opened.

=== "One"
    First.

=== "Two"
    - [x] done
    - [ ] open

[^1]: And strings.

String
:   What holds a kite.

| a | b | c |
|:--|--:|:-:|
| 1 | 2 | 3 |

Press ++ctrl+k++, then `code`. ![A hill](hill.png "Hill") [A page](kites.md "Kites") <https://www.example.com/a?b=1#c>

``` python
print("<script>")
```

3. three
4. four

> said

***

[A page](kites.md){ .md-button } ![A hill](hill.png){ width=300 loading=lazy }

### Named { #by-me }
"""


def converted(text: str) -> str:
    CONVERTER.reset()
    return CONVERTER.convert(text)


def refused(text: str) -> bool:
    return any(faults_in(converted(text)))


def test_everything_that_an_extension_makes_may_be_on_a_page() -> None:
    assert list(faults_in(converted(FINE))) == []


ATTACKS = [
    # a tag that the converter takes for an address or lets through as it is
    "<div/@x>", '<meta/http-equiv="refresh"content="0;url=//evil.example"@x>', "<script/src=//evil.example/x.js@x>", "<p/hidden@x>", "<svg/onload=a@x>",
    "<iframe src=//evil.example@x>", "<base/href=//evil.example/@x>", "<form/action=//evil.example@x>", "<style>@x{}</style>", "<link/rel=stylesheet/href=//e@x>",
    "<!-- hidden -->", "<?php x ?>", "<![CDATA[x]]>", "<p hidden>Words</p>", '<a href="/" onclick="x()">a</a>', "<details/open/ontoggle=x@y>", "<x-y z>",
    "<math><mi xlink:href=a>", "<noscript><p>", "<DIV CLASS=leave>", "<textarea>", "<title>x", "<plaintext>",
    # classes that hide text or borrow what is urgent
    "!!! visually-hidden\n    Words.", "!!! urgent-answer\n    Ring me.", '!!! "note leaving"\n    Words.', "??? to-fix\n    Words.", '!!! note visually-hidden "Words"\n    Words.',
    "!!! leave\n    Words.", "!!! md-overlay\n    Words.", "``` {.visually-hidden}\nWords\n```",
    # attributes in braces
    "[a](/){ onclick=x }", "[a](/){ .leave }", "[a](/){ data-leave=1 }", '## Words { style="display:none" }', "Words.\n{: hidden }", "Words.\n{: .visually-hidden }",
    "![a](b.png){ srcset=//evil.example/x.png }", "![a](b.png){ width=99999 }", "[a](/){ target=_blank }", "> Words.\n{: class=leaving }", "[a](/){ href=javascript:x }",
    # links that lie
    "[0800 1111](tel:%30%39)", "[999](tel:118118)", "[help](mailto:help%40evil.example)", "<somebody@evil.example>", "[NSPCC](https://www.nspcc.org.uk.еvil.example)",
    "[a](https://www.nspcc.org.uk@evil.example/)", "[a](http://127.0.0.1/)", "[a](http://localhost/)", "[a](https://[::1]/)", "[a](https://printer.local/)",
    "[a](https://2130706433/)", "[a](https://xn--a.example:8080/)", "[a](//evil.example)", "[a](\\\\evil.example)", "[a](javascript:alert(1))", "[a](JaVaScRiPt:x)",
    "[a](java&#10;script:x)", "[a](data:text/html,x)", "[a](vbscript:x)", "[a](https://evil%2eexample/)", "[a](https://evil.example\u200b/)", "[a](blob:x)", "[a](/a\u202eb/)",
    # pictures from elsewhere
    "![a](https://evil.example/x.png)", "![A hill \\[seen](https://evil.example/x.png)", "![a](//evil.example/x.png)", "![a](data:image/png;base64,x)", "![a][b]\n\n[b]: https://e.example/x.png",
    # characters that nobody sees
    "Ring 9&#x202e;9", "Hi&#8203;dden", "Soft&shy;ly", "Words\u2066", "Words&#x2060;", "Words&ZeroWidthSpace;", "A&#xfeff;B", "A&#x0b;B",
]  # fmt: skip


@pytest.mark.parametrize("place", ["{}", "Words before {} and after.", "- {}", "> {}", "| a |\n|---|\n| {} |", "## {}"])
def test_an_attack_is_refused_or_is_text(place: str) -> None:
    for attack in ATTACKS:
        html = converted(place.format(attack))
        if not any(faults_in(html)):
            assert_harmless(html)


def test_nearly_every_attack_comes_as_far_as_the_door() -> None:
    """Otherwise the test above would say little."""
    text = [attack for attack in ATTACKS if not refused(attack)]
    assert all("&lt;" in converted(attack) or attack.startswith(("!!!", "```")) for attack in text), text
    assert len(text) < len(ATTACKS) / 4, text


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("/news/", True), ("../kites/#top", True), ("#top", True), ("a.png", True), ("?q=kites", True), ("https://www.example.com/a%20b?c=d#e", True), ("http://example.com", True),
        ("", True), ("tel:999", False), ("mailto:a@b.example", False), ("https://example", False), ("https://10.0.0.1/", False), ("https://example.com:444/", False),
        ("https://a@example.com/", False), ("https://exämple.com/", False), ("ftp://example.com/", False), ("a b", False), ("https://exa%6dple.com", False), ("x:y", False),
        ("https://router.home/", False), ("https://[", False),
    ],
)  # fmt: skip
def test_an_address_says_where_it_leads(address: str, fine: bool) -> None:
    assert is_address(address) is fine


def assert_harmless(html: str) -> None:
    """What a browser's own way of reading HTML finds in the text."""

    def look(element: Element, inside: bool) -> None:
        name = str(element.tag).rpartition("}")[2]
        if inside:
            assert name in ELEMENTS, name
            for attribute, value in element.attrib.items():
                assert attribute in ELEMENTS[name] and ELEMENTS[name][attribute](value), (name, attribute, value)
        for child in element:
            look(child, inside or name == "body")

    look(tinyhtml5.parse(f"<!doctype html><html><head><title>x</title></head><body>{html}</body></html>", namespace_html_elements=False), inside=False)


MARKS = [
        "<", ">", "</", "/>", "<!--", "-->", "<a ", "<p", "<div", "<script", "<svg", "<math>", "href=", "src=", "onload=", " hidden", "@", "/", "=", '"', "'", "`", "&lt;", "&#60;",
        "&#x3c;", "&quot;", "&#34;", "&colon;", "\\", "[a](", ")", "![", "](", "[", "]", "<https://e.example", "x@y.z", "javascript:", "//e.example", "\n", "\n\n", "    ", "!!! note",
        ' "T"', "??? ", "=== ", "```", "~~~", "{", "}", "#", "- ", "> ", "|", "|---|\n", ":", "*", "_", "^", "~", "==", "++", "[^1]", "[^1]: ", "\u200b", "\u202e", "é", "a", "style",
        "text-align: left", "<input ", "type=", "checked", "]]>", "<![CDATA[", "<?", "\t", "\x00", "\r",
]  # fmt: skip
PIECES = st.sampled_from(MARKS)


@settings(max_examples=1_500)
@given(st.lists(PIECES, max_size=24).map("".join))
def test_whatever_passes_the_door_is_harmless_as_a_browser_reads_it(text: str) -> None:
    html = converted(text)
    if not any(faults_in(html)):
        assert_harmless(html)


@settings(max_examples=1_500)
@given(
    st.lists(
        st.one_of(PIECES, st.sampled_from([f"<{name}" for name in ELEMENTS] + ['class="', 'id="', "</p>", "</a>", "<p>", '<a href="/">'])), max_size=24
    ).map("".join)
)
def test_so_is_text_that_no_converter_has_seen(text: str) -> None:
    if not any(faults_in(text)):
        assert_harmless(text)


def test_the_search_for_harm_finds_it() -> None:
    for html in ('<p onclick="x">', "<script>", '<a href="javascript:x">a</a>', "<p hidden>", '<svg><a xlink:href="x">'):
        with pytest.raises(AssertionError):
            assert_harmless(html)


def test_a_build_is_held_at_the_door_even_if_no_check_had_seen_it(small_site: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    page = small_site / "docs/topics/kites.md"
    page.write_text(page.read_text("utf-8") + "\n!!! urgent-answer\n    Ring me.\n\nWords.\n\n<div/@x>\n", encoding="utf-8")
    settings = (small_site / "mkdocs.yml").read_text("utf-8")
    for part in ("overrides", "macros"):
        settings = settings.replace(f"../../{part}", str(ROOT / part))
    (small_site / "mkdocs.yml").write_text(settings, encoding="utf-8")
    monkeypatch.setattr("macros.check.check_all", lambda _: [])
    monkeypatch.chdir(small_site)
    assert building.build(small_site) == 1
    said = capfd.readouterr().err
    assert "docs/topics/kites.md, line 18" in said and '"<div/@x>" is HTML that no page may hold.' in said, said
    assert 'class="admonition urgent-answer" may not be said of <div>.' in said and not (small_site / "site").exists()
