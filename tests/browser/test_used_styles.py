"""Of the theme's stylesheet a page is sent every rule that some page can use, and no other."""

from __future__ import annotations

import gzip
import itertools
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types
from mkdocs.config import load_config

from macros.website.colours import in_chosen_colours, unknown_colours
from macros.website.used_styles import packed, used_styles
from tests.browser.watching import WORKED_OUT, Watched
from tests.whole_sites import ROOT

STYLES, FONTS = ROOT / "overrides/assets/styles", ROOT / "overrides/assets/fonts"
WORDS = {"p", "a", "class", "note", "body", "dir", "ltr", "href"}
MOST = 14_000  # bytes, compressed as a web server does


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("p,.note>a:hover::before{color:red}", "p,.note>a:hover::before{color:red}"),
        ("p,.gone a{color:red}", "p{color:red}"),
        ("#gone{color:red}video{color:red}", ""),
        (".note:not(.gone),a:is(.gone,.note){color:red}", ".note:not(.gone),a:is(.gone,.note){color:red}"),
        ("[dir=ltr] p{left:0}[dir=rtl] p{right:0}[data-gone]{left:0}", "[dir=ltr] p{left:0}"),
        ("*,:root>*{margin:0}", "*,:root>*{margin:0}"),
        ("@media print{.gone{color:red}}@media print{p{color:red}.gone{top:0}}", "@media print{p{color:red}}"),
        (
            '@charset "UTF-8";@keyframes gone{0%{top:0}to{top:1px}}@keyframes in{0%{top:0}}p{animation:in 1s}',
            '@charset "UTF-8";@keyframes in{0%{top:0}}p{animation:in 1s}',
        ),
        ('body{--one:var(--two);--two:url("data:a;b");--gone:1px;top:var(--one)}', 'body{--one:var(--two);--two:url("data:a;b");top:var(--one)}'),
        ("body{--gone:url('<svg a=\"1;\">')}p{top:0}", "body{}p{top:0}"),
        ("body{--out:1px;--gone:2px}", "body{--out:1px;}"),
        ("table:not([class]) p{left:0}p{top:0}", "p{top:0}"),
        (".note--gone:hover{top:0}.note:hover{--gone:0;top:0}", ".note:hover{top:0}"),
    ],
)
def test_a_rule_stays_where_it_could_apply(css: str, kept: str) -> None:
    assert used_styles(css, WORDS, "p{left:var(--out)}") == kept


def test_no_page_looks_otherwise_than_with_the_whole_stylesheet(fresh: Watched, built_small: Path) -> None:
    """On a page of every component each element has the very styles that the theme's whole file and the site's as it is written would give it."""
    import material

    (theirs,) = (Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.css")
    ours = (STYLES / "site.css").read_text(encoding="utf-8")
    for name in ("fonts.css", "face.css"):
        ours = ours.replace(f'@import "{name}";', (STYLES / name).read_text(encoding="utf-8"))
    whole = theirs.read_text(encoding="utf-8") + re.sub("@font-face {.*?}", "", ours, flags=re.DOTALL)
    swap = """() => new Promise(done => {
        const link = document.querySelector('link[rel="stylesheet"]');
        link.onload = done;
        link.href = '/whole.css';
    })"""
    bare = re.sub("@font-face{.*?}", "", (built_small / "assets/styles/site.css").read_text(encoding="utf-8"))  # a typeface comes when it comes
    fresh.page.route("**/site.css", lambda route: route.fulfill(body=bare, content_type="text/css"))
    fresh.page.route("**/whole.css", lambda route: route.fulfill(body=whole, content_type="text/css"))
    for address in ("/every-word/", "/learning/"):
        fresh.open(address)
        elements, _ = fresh.page.evaluate(WORKED_OUT, "^--")
        fresh.page.evaluate(swap)
        assert elements > 200 and fresh.page.evaluate(WORKED_OUT, "^--") == [elements, []], address


def test_the_styles_of_a_page_are_light(built_small: Path) -> None:
    sent = (built_small / "assets/styles/site.css").read_bytes()
    assert len(gzip.compress(sent, 6)) <= MOST
    assert b"@import" not in sent and b"/*" not in sent
    asked = {
        page: re.findall(r'<link rel="stylesheet" href="[./]*assets/styles/([^"]+)', (built_small / page).read_text(encoding="utf-8"))
        for page in ("index.html", "learning/index.html")
    }
    assert asked == {"index.html": ["site.css", "few-pages.css"], "learning/index.html": ["site.css"]}


def test_blanks_and_comments_go_and_texts_stay() -> None:
    css = """/* it's "so" */\na, b > c {\n  content: "; : , /* x */  y";\n  top: calc(1px - 2px) ;\n}\n@media screen and (max-width: 1em) { [lang="a, b"] :is(p) { top: 0; } }\n"""
    assert packed(css).strip() == """a,b > c{content:"; : , /* x */  y";top:calc(1px - 2px)}@media screen and (max-width:1em){[lang="a, b"] :is(p){top:0}}"""


def test_each_file_of_the_typeface_has_the_characters_that_it_is_named_for() -> None:
    """And those of PDFs and of pages are the same."""
    named: dict[str, dict[tuple[str, str], str]] = {}
    for sheet in ("fonts", "fonts-print", "site"):
        faces = re.findall(r'font-weight: (\d+);[^}]*fonts/([^"]+)[^}]*unicode-range: ([^;]+)', (STYLES / f"{sheet}.css").read_text(encoding="utf-8"))
        named[sheet] = {(weight, file): ranges for weight, file, ranges in faces}
        for (weight, file), ranges in named[sheet].items():
            wanted = {sign for first, last in re.findall(r"U\+(\w+)-?(\w*)", ranges) for sign in range(int(first, 16), int(last or first, 16) + 1)}
            assert wanted <= set(TTFont(FONTS / file).getBestCmap()), (weight, file)
    assert len(named["fonts"]) == 4 and len(set(named["fonts-print"].values())) == 1
    assert sorted((weight, ranges) for (weight, _), ranges in named["fonts-print"].items()) == sorted(
        (weight, ranges) for (weight, _), ranges in named["site"].items()
    )


def test_the_header_takes_a_seventh_of_a_phone_and_the_numbers_for_help_one_screen(fresh: Watched) -> None:
    fresh.page.set_viewport_size({"width": 390, "height": 844})
    fresh.open("/topics/kites/")
    fresh.open("/worried-about-a-child/")  # the letters have come with the first page
    bottom = fresh.page.locator(".site-header").evaluate("e => e.getBoundingClientRect().bottom")
    assert bottom <= 0.15 * 844 if fresh.page.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible Next\"')") else bottom < 0.25 * 844
    assert fresh.page.locator(".menu-wide").is_hidden() and fresh.page.locator(".to-search").is_visible()


GROUNDS = ("paper", "soft", "everyone", "children", "parents", "professionals")
ON_EACH = ("ink", "quiet", "link", "visited")
PAIRS = [*itertools.product(ON_EACH, GROUNDS), *((f"{name}-ink", name) for name in ("deep", "urgent", *GROUNDS[2:]))]
PAIRS += [(f"{name}-ink", "paper") for name in GROUNDS[2:]] + list(itertools.product(("good", "bad", "mid"), ("paper", "soft")))


def test_every_colour_of_text_is_told_from_its_ground_by_seven_to_one_whichever_mkdocs_yml_chooses() -> None:
    settings = load_config(str(ROOT / "mkdocs.yml"))
    palette = next(sheet for folder in settings.theme.dirs for sheet in Path(folder).glob("assets/stylesheets/palette.*.min.css")).read_text(encoding="utf-8")
    names = {setting: set(re.findall(rf"\[data-md-color-{setting}=([a-z-]+)\]", palette)) for setting in ("primary", "accent")}
    assert len(names["primary"]) > len(names["accent"]) > 10
    face = (ROOT / "overrides/assets/styles/face.css").read_text(encoding="utf-8")
    for chosen in ({}, *({setting: name.replace("-", " ")} for setting in names for name in names[setting])):
        settings.theme["palette"] = chosen
        assert list(unknown_colours(settings)) == []
        styles = in_chosen_colours(face, settings)
        assert (styles != face) is bool(chosen), chosen
        assert _low_contrasts(styles) == [], chosen


def _low_contrasts(styles: str) -> list[tuple[str, str, str, float]]:
    """Light and dark; where one ground fades into another the contrast lies between those of the two."""
    light, dark = (
        dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", part))
        for part in styles.replace("var(--deep)", re.findall(r"--deep: (#[0-9a-f]{6})", styles)[0]).split("@media")
    )

    def brightness(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low = []
    for scheme, colours in (("light", light), ("dark", light | dark)):
        for text, ground in PAIRS:
            darker, lighter = sorted((brightness(colours[text]), brightness(colours[ground])))
            if (contrast := (lighter + 0.05) / (darker + 0.05)) < 7:
                low.append((scheme, text, ground, round(contrast, 2)))
    return low
