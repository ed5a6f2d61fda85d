"""What a page says of itself to other sites and to machines: the picture, its words, and JSON-LD that cannot break out."""

from __future__ import annotations

import html
import json
import re
import struct
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config
from PIL import Image

from macros.components.linked_data import linked_data, written
from macros.models import BY_NAME
from macros.models.reasons import Missing
from macros.views.pages import MenuEntry
from macros.website.colours import in_chosen_colours
from tests.outputs_at_hand import small, with_record
from tests.social_picture import DRAWING, HEIGHT, PICTURE, STYLES, WIDTH
from tests.whole_sites import ROOT

SITE = "https://www.example.org/"  # the small site


@pytest.fixture
def site(built_small: Path) -> Path:
    """The small site, built."""
    return built_small


@cache
def said(page: Path) -> list[dict[str, Any]]:
    """What a page's JSON-LD says, read by a JSON library."""
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)
    assert len(scripts) <= 1
    graph: list[dict[str, Any]] = json.loads(scripts[0])["@graph"] if scripts else []
    return graph


def of_kind(page: Path, kind: str) -> list[dict[str, Any]]:
    """The things of one type that a page speaks of."""
    return [node for node in said(page) if node["@type"] == kind]


# The picture -----------------------------------------------------------------------------------------------


def test_the_picture_is_a_png_of_the_size_that_others_show() -> None:
    head = PICTURE.read_bytes()[:26]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (WIDTH, HEIGHT) == (1200, 630)
    assert len(PICTURE.read_bytes()) < 150_000


def test_the_picture_is_the_drawing_in_the_colours_of_the_site() -> None:
    """Where it fails: python -m tests.social_picture draws it again."""
    picture = Image.open(PICTURE).convert("RGB")
    settings = load_config(str(ROOT / "mkdocs.yml"))
    face = in_chosen_colours((STYLES / "face.css").read_text(encoding="utf-8"), settings)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", face.split("@media")[0]))
    places = {"everyone": (20, 20), "water": (600, 612), "plum": (402, 540), "plum-deep": (555, 540)}
    for name, place in (places if settings.theme.get("logo") else places | {"amber": (86, 145)}).items():
        assert picture.getpixel(place) == tuple(bytes.fromhex(colours[name][1:])), (name, place)
    assert "http" not in DRAWING.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")


def test_every_page_has_the_picture_with_words_and_a_true_address(site: Path) -> None:
    pages = [page for page in site.rglob("index.html") if 'rel="canonical"' in page.read_text(encoding="utf-8")]
    assert len(pages) > 20
    for page in pages:
        text = page.read_text(encoding="utf-8")
        found = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', text))
        if "og:title" not in found:  # a page that only says where something moved
            continue
        address = found["og:image"].removeprefix(SITE)
        assert (site / address).read_bytes() == PICTURE.read_bytes()
        assert html.unescape(found["og:image:alt"]) == "Exampleshire Children's Partnership: people, large and small, under three arches."
        assert found["twitter:card"] == "summary_large_image"
        assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")


# JSON-LD ---------------------------------------------------------------------------------------------------


def test_the_home_page_says_whose_site_it_is(site: Path) -> None:
    (organisation,) = of_kind(site / "index.html", "Organization")
    assert organisation["name"] == "Exampleshire Children's Partnership"
    assert organisation["url"] == SITE
    assert organisation["email"] == next(c.value for c in small().all("contact") if c.kind == "email")
    assert (site / organisation["logo"].removeprefix(SITE)).is_file()


def test_every_trail_ends_at_its_page_and_every_step_is_there(site: Path) -> None:
    pages = [page for page in site.rglob("index.html") if of_kind(page, "BreadcrumbList")]
    assert len(pages) > 20
    for page in pages:
        (trail,) = of_kind(page, "BreadcrumbList")
        steps = trail["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[0]["item"] == SITE
        for step in steps:
            assert (site / step["item"].removeprefix(SITE) / "index.html").is_file(), (page, step)
        assert (site / steps[-1]["item"].removeprefix(SITE) / "index.html") == page
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", page.read_text(encoding="utf-8"), re.DOTALL)
        assert heading
        assert html.unescape(re.sub(r"<[^>]+>", "", heading.group(1))).strip() == steps[-1]["name"]


def test_every_table_of_numbers_is_a_data_set_with_files_that_are_there(site: Path) -> None:
    for name, table in small().tables.items():
        found = of_kind(site / "performance" / name / "index.html", "Dataset")
        assert len(found) == any(column.is_number for column in table.about.columns), name
        if not found:
            continue
        (dataset,) = found
        assert dataset["name"] == table.about.title
        assert len(dataset["description"]) >= 50
        assert dataset["variableMeasured"] == [column.title for column in table.about.columns]
        assert len(dataset["distribution"]) == 2
        for file in dataset["distribution"]:
            assert (site / file["contentUrl"].removeprefix(SITE)).is_file(), file
    assert of_kind(site / "performance/puddles-by-year/index.html", "Dataset")[0]["temporalCoverage"] == "2018-04-01/2022-03-31"
    assert not of_kind(site / "performance/kite-rules/index.html", "Dataset"), "it holds no numbers"


@pytest.mark.parametrize(
    ("period", "coverage"),
    [
        ("1 April 2017 to 31 March 2018", "2017-04-01/2018-03-31"),
        ("2020/21 and after", "2020-04-01/.."),
        ("From 2019", "2019/.."),
        ("From 29 June 2018", "2018-06-29/.."),
        ("From 3 May 2018 to 2019", "2018-05-03/2019-12-31"),
        ("Up to 2022/23", "../2023-03-31"),
        ("To the end of March 2023", "../2023-03-31"),
        ("22 March 2023", "2023-03-22/2023-03-22"),
        ("Reported for 2020/21; the report gives no date for the count", None),
        ("On the day that each row names", None),
    ],
)
def test_a_data_set_says_no_day_that_its_period_does_not_say(period: str, coverage: str | None) -> None:
    table = small().tables["puddles-by-year"]
    catalogue = replace(small(), tables={table.id: replace(table, about=table.about.model_copy(update={"period": period}))})
    said = str(linked_data(catalogue, f"performance/{table.id}.md", FrameAtHand(address=f"/performance/{table.id}/"), SITE, "Name"))
    assert json.loads(said.partition(">")[2].partition("<")[0])["@graph"][-1].get("temporalCoverage") == coverage


def test_news_are_articles_and_dated_events_are_events_where_they_are_listed(site: Path) -> None:
    for page in small().pages.values():
        if page.kind is BY_NAME["news"]:
            (article,) = of_kind(site / page.address.strip("/") / "index.html", "NewsArticle")
            assert (article["headline"], article["datePublished"]) == (page.meta.title, page.meta.written_on.isoformat())
            assert article["temporalCoverage"] == page.meta.published  # type: ignore[attr-defined]
    dated = {event.title: event for event in small().all("event") if event.date}
    found = {node["name"]: node for event in dated.values() for node in of_kind(site / event.shown_at.strip("/") / "index.html", "Event")}
    assert dated
    assert set(found) == set(dated)
    assert all(found[title]["startDate"] == event.date.isoformat() for title, event in dated.items())


def test_an_event_whose_day_is_not_published_is_not_said_to_machines() -> None:
    undated = with_record(small(), "event", "kite-week-2022", date=None)
    frame = FrameAtHand(address=small().get("event", "kite-week-2022").shown_at)
    assert "Kite Week" in str(linked_data(small(), "training/index.md", frame, SITE, "Name"))
    assert "Kite Week" not in str(linked_data(undated, "training/index.md", frame, SITE, "Name"))


@dataclass
class FrameAtHand:
    """A page's frame, as far as it matters here."""

    kind: str = "data"
    title: str = "A title"
    description: str = "A description"
    address: str = "/a/"
    trail: tuple[MenuEntry, ...] = (MenuEntry("Home", "/", 0),)


@given(st.text())
def test_no_text_ends_the_script_or_opens_another(text: str) -> None:
    made = str(written({"name": text, "inner": f"</script><script>{text}<!--&amp;"}))
    assert not re.search(r"[<>&\u2028\u2029]", made)
    assert json.loads(made) == {"name": text, "inner": f"</script><script>{text}<!--&amp;"}


def test_a_hostile_title_stays_a_title() -> None:
    title = "</script><script>alert('x')</script>"
    html_made = str(linked_data(small(), "nowhere.md", FrameAtHand(title=title), SITE, "Name & <b>"))
    assert html_made.count("<script") == html_made.count("</script>") == 1
    inner = html_made.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(inner)["@graph"][0]["itemListElement"][-1]["name"] == title


def test_what_is_not_known_is_not_said() -> None:
    event = next(event for event in small().all("event") if event.date)
    catalogue = with_record(small(), "event", event.id, venue=Missing("withheld"), format=Missing("not asked"))
    frame = FrameAtHand(address=catalogue.address("event", event).partition("#")[0])
    made = str(linked_data(catalogue, "training/index.md", frame, SITE, "Name"))
    assert event.title in json.dumps(json.loads(made[made.index("{") : made.rindex("}") + 1]), ensure_ascii=False)
    assert "location" not in made
    assert "eventAttendanceMode" not in made
    assert "withheld" not in made and "not asked" not in made


def test_a_page_with_nothing_to_say_has_no_script() -> None:
    assert str(linked_data(small(), "nowhere.md", FrameAtHand(trail=()), SITE, "Name")) == ""
