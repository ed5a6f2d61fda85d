"""No dead link and no dead anchor leaves a build: each kind is planted once, and told with the file to fix it in."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.content.catalogue import Catalogue
from macros.website import site_links
from macros.website.dead_links import problems
from macros.website.site_links import Fault, SiteLinks, read_links
from tests.whole_sites import ROOT, SMALL, build, build_environment, copy_small_site

TEMPLATES = ROOT / "overrides"


# A page to its links and ids -------------------------------------------------------------------------------

READ = {
    "what this site writes": ('<p id="a"><a class="b" href="../x/#y">z</a> <img alt="" src="p.png"></p>', ("../x/#y", "p.png"), ("a",)),
    "entities": ('<a href="/?a=1&amp;b=2#&#39;">z</a>', ("/?a=1&b=2#'",), ()),
    "a form": ('<form action="/search/" role="search">', ("/search/",), ()),
    "several sizes of a picture": ('<img srcset="a.png 1x, b.png 2x" src="a.png">', ("a.png", "b.png"), ()),
    "a page that leads on": ('<meta http-equiv="refresh" content="0; url=../../new/">', ("../../new/",), ()),
    "a preview picture": ('<meta property="og:image" content="https://www.example.org/a.png">', ("https://www.example.org/a.png",), ()),
    "a description is no link": ('<meta name="description" content="Kites; url and all">', (), ()),
    "an example in code": ('<code>&lt;a href="/nowhere/"></code><pre>id="b"</pre>', (), ()),
    "signs within an attribute": ('<a title="a > b, id=3" href="/x/" id="c">z</a>', ("/x/",), ("c",)),
    "other signs around a value": ("<a id=a href='/x/'>z</a><A HREF=/y/>", ("/x/", "/y/"), ("a",)),
    "a comment is no link": ('<!-- <a href="/nowhere/" id="a"> --><a href="/x/">', ("/x/",), ()),
    "an id twice": ('<p id="a"><p id="a">', (), ("a", "a")),
    "linked data": (
        '<script type="application/ld+json">{"@id":"https://a.org/x/#dataset","url":"https://a.org/y/#z"}</script>',
        ("https://a.org/x/", "https://a.org/y/#z"),
        (),
    ),
}


@pytest.mark.parametrize("name", READ)
def test_what_a_page_links_to(name: str) -> None:
    html, targets, ids = READ[name]
    found = read_links(html)
    assert (set(found.targets), found.ids) == (set(targets), ids)


_WORDS = st.text(alphabet="ab/#.?&\"'<>= \n", max_size=12)


@given(
    st.lists(st.tuples(st.sampled_from(["a", "img", "p", "form"]), st.sampled_from(["href", "src", "id", "title", "data-x", "action"]), _WORDS), max_size=6),
    _WORDS,
)
def test_the_patterns_read_what_a_parser_reads(tags: list[tuple[str, str, str]], between: str) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")

    html = "".join(f'<{tag} {name}="{escaped(value)}">{escaped(between)}' for tag, name, value in tags)
    assert read_links(html) == read_links(f"{html}<!-- which the parser reads -->")


# Links and what is there to what is wrong ------------------------------------------------------------------

FILES = {"index.html", "404.html", "news/index.html", "news/kite.html", "a b/index.html", "files/kite.pdf", "feed.xml"}
HERE = "news/index.html"
RIGHT = ("./", "../", "#top", "#late", "kite.html", "../files/kite.pdf#page=2", "../?q=a#early", "/", "/#early", "../a%20b/", "#%6cate", "#late:~:text=kite",
         "https://www.example.org", "http://example.org/news/#late", "//www.example.org/news/", "https://elsewhere.org/nowhere/", "mailto:a@b.org", "tel:999",
         "data:,", "?q=a", "")  # fmt: skip
WRONG = {
    "kites/": ("no page", "/news/kites/"),
    "../newt/": ("no page", "/newt/"),
    "../news": ("no page", "/news"),
    "/nowhere.pdf": ("no page", "/nowhere.pdf"),
    "https://www.example.org/nowhere/": ("no page", "/nowhere/"),
    "http://example.org/news/#never": ("no place", "/news/#never"),
    "#never": ("no place", "/news/#never"),
    "../#late": ("no place", "/#late"),
    "kite.html#late": ("no place", "/news/kite.html#late"),
}


def links_with(html: str, site: str = "https://www.example.org/", file: str = HERE) -> SiteLinks:
    links = SiteLinks(site)
    links.add_page("index.html", '<p id="early">')
    links.add_page("news/kite.html", "")
    links.add_page("404.html", '<p id="lost"><a href="#lost">')
    links.add_page(file, f'<p id="late">{html}')
    return links


@pytest.mark.parametrize("target", RIGHT)
def test_a_link_that_leads_somewhere_is_not_told(target: str) -> None:
    assert links_with(f'<a href="{target}">').faults(FILES) == []


@pytest.mark.parametrize("target", WRONG)
def test_a_link_that_leads_nowhere_is_told(target: str) -> None:
    (fault,) = links_with(f'<a href="{target}">').faults(FILES)
    assert (fault.kind, fault.target, fault.file) == (*WRONG[target], HERE)


def test_the_nearest_that_there_is_is_offered() -> None:
    faults = links_with('<a href="../new/"> <a href="#lat"> <a href="../news"> <a href="../files/kites.pdf">').faults(FILES)
    assert [fault.near for fault in faults] == ["/news/", "/news/#late", "/news/", "/files/kite.pdf"]


def test_a_site_in_a_folder_of_its_host() -> None:
    links = links_with(
        '<a href="/site/news/"> <a href="/news/"> <a href="https://example.org/site/"> <a href="https://example.org/site/x/">', "https://example.org/site/"
    )
    assert [fault.target for fault in links.faults(FILES)] == ["/x/"]


def test_other_files_name_addresses_of_this_site_in_full() -> None:
    links = links_with("")
    links.add("feed.xml", b'<id>tag:example.org,2026:x</id><link href="https://www.example.org/news/#late"/><link href="https://www.example.org/gone/"/>')
    links.add("all.ics", b"URL:https://www.example.org/ne\r\n ws/#ne\r\n ver\r\n")
    links.add("data.json", b'{"about": "All of https://www.example.org/. See (https://www.example.org/news/)", "@id": "https://www.example.org/#thing"}')
    links.add_targets("search/index.html", ["/news/#late", "/glossary/#term-x"])
    assert [(fault.file, fault.target) for fault in links.faults(FILES)] == [
        ("feed.xml", "/gone/"),
        ("all.ics", "/news/#never"),
        ("search/index.html", "/glossary/#term-x"),
    ]


def test_an_id_twice_is_told_once_for_each_page() -> None:
    links = links_with('<p id="late"><p id="late"><p id="b"><p id="c"><p id="c">')
    assert [(fault.kind, fault.target) for fault in links.faults(FILES)] == [("repeated id", "late"), ("repeated id", "c")]


def test_a_page_that_comes_again_replaces_what_it_was() -> None:
    links = links_with('<a href="/nowhere/">')
    links.add_page(HERE, "")
    assert links.faults(FILES) == []


# Where to fix it -------------------------------------------------------------------------------------------


def test_a_link_that_nothing_else_explains_is_told_with_the_file_behind_the_page(small_catalogue: Catalogue) -> None:
    made_from = {"performance/kite-clubs/index.html": "data/tables/kite-clubs.csv"}
    fault = Fault("no page", "performance/kite-clubs/index.html", "/zzz/")
    (told,) = problems([fault], SiteLinks("https://www.example.org/"), small_catalogue, made_from, TEMPLATES / "print")
    assert (told.file, told.says) == ("data/tables/kite-clubs.csv", "The page /performance/kite-clubs/ links to /zzz/, and nothing is there.")


def test_a_link_on_many_pages_is_told_once(small_catalogue: Catalogue) -> None:
    faults = [Fault("no place", f"topics/{n}/index.html", "/publications/#source-yearbook-2023") for n in range(4)]
    (told,) = problems(faults, SiteLinks("https://www.example.org/"), small_catalogue, {}, TEMPLATES)
    assert (told.file, told.line) == ("data/sources.yml", 1)
    assert told.says.startswith("The pages /topics/0/, /topics/1/ and 2 more link to /publications/#source-yearbook-2023, and the page /publications/ has no")


# A whole build ---------------------------------------------------------------------------------------------


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


IN_CONTENT = """\
data/publications.yml, line 8, link
  The page /publications/ links to /lost.pdf, and nothing is there.
  To fix: Correct the address.

data/redirects.yml, line 3, to
  The page /kites/all-about-kites.aspx/ links to /topics/kites/#gone, and the page /topics/kites/ has no heading or entry with the id "gone".
  To fix: Correct the address.

docs/topics/kites.md, line 11
  The page /topics/kites/ links to /nowhere.csv, and nothing is there.
  To fix: Correct the link.

docs/topics/kites.md, line 12
  The page /topics/kites/ links to /topics/puddles/#deep, and the page /topics/puddles/ has no heading or entry with the id "deep".
  To fix: Correct what follows the sign #, or leave it out to link to the page itself.

docs/topics/kites.md, line 13
  The page /topics/kites/ links to /performance/kite-clubs/#table-kites, and the page /performance/kite-clubs/ has no heading or entry with the id "table-kites". Did you mean "/performance/kite-clubs/#table-kite-clubs"?
  To fix: Correct what follows the sign #, or leave it out to link to the page itself.

docs/topics/kites.md, line 15
  The page /topics/kites/ has the id "this-page" twice, so a link to the second leads to the first.
  To fix: Give the heading other words.

6 problems in 3 files. Nothing was published.
"""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with each fault that the check of the content cannot see, and the site of an earlier build."""
    site = copy_small_site(tmp_path_factory.mktemp("planted"))
    change(
        site / "docs/topics/kites.md",
        "Kites are held",
        "[a](https://www.example.org/nowhere.csv)\n[b](puddles.md#deep)\n[c](/performance/kite-clubs.md#table-kites)\n\n## This page\n\nKites are held",
    )
    change(site / "data/publications.yml", "https://books.example.com/yearbook-2023", "https://www.example.org/lost.pdf")
    change(site / "data/redirects.yml", "to: /topics/kites/", "to: /topics/kites/#gone")
    (site / "site").mkdir()
    (site / "site/index.html").write_text("the last good site", encoding="utf-8")
    return site


def test_every_dead_link_of_the_content_is_told_in_one_run_and_the_site_stays(planted: Path) -> None:
    done = build(planted)
    assert done.returncode == 1
    assert done.stderr == f"{IN_CONTENT}The build stopped. The site is as it was.\n"
    assert [file.name for file in (planted / "site").iterdir()] == ["index.html"]


def test_mkdocs_by_itself_stops_at_a_dead_link_too(planted: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build"]
    done = subprocess.run(command, cwd=planted, env=build_environment({}), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert IN_CONTENT in done.stdout + done.stderr
    assert [file.name for file in (planted / "site").iterdir()] == ["index.html"]


IN_TEMPLATES = """\
data/sources.yml, line 1
  The pages /, /arrangements/ and more link to /publications/#source-yearbook-2023, and the page /publications/ has no heading or entry with the id "source-yearbook-2023". Did you mean "/publications/#publication-yearbook"?
  To fix: Show this entry on that page (docs/publications/index.md), or correct the address of its kind in macros/models/.

data/sources.yml, line 10
  The pages /every-word/, /performance/kite-rules/ and more link to /publications/#source-made-up-guidance, and the page /publications/ has no heading or entry with the id "source-made-up-guidance". Did you mean "/publications/#source-documents"?
  To fix: Show this entry on that page (docs/publications/index.md), or correct the address of its kind in macros/models/.

data/sources.yml, line 14
  The file /data/records/sources.json links to /publications/#source-partnership, and the page /publications/ has no heading or entry with the id "source-partnership". Did you mean "/publications/#source-documents"?
  To fix: Show this entry on that page (docs/publications/index.md), or correct the address of its kind in macros/models/.

overrides/404.html, line 6
  The page /404.html links to /serch/, and nothing is there. Did you mean "/search/"?
  To fix: Correct the link in the template, or give the page what it leads to.

overrides/components/site_foot.html, line 2
  The pages /, /arrangements/ and more have the id "site-foot" twice, so a link to the second leads to the first.
  To fix: Give each its own id.

overrides/components/site_foot.html, line 4
  The pages /, /arrangements/ and more link to /worried/, and nothing is there. Did you mean "/every-word/"?
  To fix: Correct the link in the template, or give the page what it leads to.

overrides/components/table_page.html, line 50
  The page /performance/puddles-by-year/ links to /topics/puddles/#data, and the page /topics/puddles/ has no heading or entry with the id "data".
  To fix: Correct the link in the template, or give the page what it leads to.

overrides/components/table_page.html, line 50
  The pages /performance/kite-clubs/, /performance/kite-flights/ and more link to /topics/kites/#data, and the page /topics/kites/ has no heading or entry with the id "data".
  To fix: Correct the link in the template, or give the page what it leads to.

8 problems in 4 files. Nothing was published.
"""


@pytest.fixture(scope="module")
def code_and_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with a copy of the code, whose templates are wrong: in the foot, on the page of a table, on the page that is not found."""
    folder = tmp_path_factory.mktemp("templates")
    shutil.copytree(SMALL, folder / "tests/small_site")
    for part in ("macros", "overrides"):
        shutil.copytree(ROOT / part, folder / part)
    components = folder / "overrides/components"
    change(components / "site_foot.html", '<a href="/worried-about-a-child/">', '<a href="/worried/">')
    change(components / "site_foot.html", 'id="foot-urgent">', 'id="site-foot">')
    change(components / "table_page.html", 'href="/topics/{{ id }}/"', 'href="/topics/{{ id }}/#data"')
    change(folder / "overrides/404.html", 'href="/search/"', 'href="/serch/"')
    change(folder / "tests/small_site/docs/publications/index.md", '{{ listing("sources") }}', "None.")
    return folder


def test_every_dead_link_of_the_templates_is_told_once_with_its_template(code_and_site: Path) -> None:
    command = [sys.executable, "-m", "macros", "build", "tests/small_site"]
    done = subprocess.run(command, cwd=code_and_site, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    told = re.sub(r"and \d+ more", "and more", done.stderr)  # how many pages the small site has is not the matter here
    assert told == f"{IN_TEMPLATES}The build stopped. The site is as it was.\n"


def test_the_patterns_read_every_page_as_a_parser_does(built_small: Path) -> None:
    pages = sorted(built_small.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert read_links(html) == read_links(f"{html}<!-- which the parser reads -->"), page


_PARTS = st.lists(
    st.sampled_from(["../", "/", "a", "b/", ".", "..", "#", "x-y", "c.xml", "https://a.org", "https://www.a.org", "?q", "%20", "tel:1"]), max_size=4
)


@given(st.sampled_from(["index.html", "404.html", "a/index.html", "a/b/index.html", "feeds/e.xml"]), _PARTS.map("".join))
def test_a_usual_link_leads_where_the_standard_says(file: str, target: str) -> None:
    assert SiteLinks("https://www.a.org/").resolved(file, target) == site_links._as_browsers_do.__wrapped__("a.org", "", file, target)
