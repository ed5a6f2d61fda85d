"""Feeds: read with a feed reader's own library, held against JSON Feed's rules and against the catalogue."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from macros.components import Components
from macros.models.open_data import FEEDS
from macros.models.reasons import Missing
from macros.outputs import feeds
from macros.outputs.feeds import as_published, first_day, said
from macros.rules.redirects import page_addresses
from macros.settings import Site
from tests.outputs_at_hand import catalogue_at, copy_of_small, files_of, small, small_files, with_record, without

NAMES = tuple(feed.name for feed in FEEDS)
BASE = "https://kites.example/"


def atom(files: Any, name: str) -> Any:
    parsed = feedparser.parse(files[f"feeds/{name}.xml"])
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


@pytest.mark.parametrize("name", NAMES)
def test_a_feed_reader_reads_every_feed_and_its_links_lead_to_pages(name: str) -> None:
    parsed = atom(small_files(), name)
    assert parsed.entries or name in ("changes", "training"), "with nothing in it the test below would say nothing"
    assert parsed.feed.title.endswith(next(feed.title for feed in FEEDS if feed.name == name))
    assert {(link.rel, link.href) for link in parsed.feed.links} >= {("self", f"{BASE}feeds/{name}.xml")}
    assert parsed.feed.author
    pages = page_addresses(small())
    ids = [entry.id for entry in parsed.entries]
    assert len(set(ids)) == len(ids)
    for entry in parsed.entries:
        assert entry.id.startswith("tag:example.org,2026:")
        assert entry.link.startswith(BASE)
        assert "/" + entry.link.removeprefix(BASE).partition("#")[0] in pages
        assert entry.title
        assert entry.summary
        assert entry.updated_parsed
        if "published" in entry:
            assert entry.published_parsed <= entry.updated_parsed
    assert parsed.feed.updated_parsed >= max([entry.updated_parsed for entry in parsed.entries], default=parsed.feed.updated_parsed)


# RFC 4287, 4.1.1 and 4.1.2: which elements a feed and an entry must have, and how often.
_ONCE = {"id", "title", "updated"}


@pytest.mark.parametrize("name", NAMES)
def test_atom_has_each_element_that_the_standard_asks_for_once(name: str) -> None:
    root = ET.fromstring(small_files()[f"feeds/{name}.xml"])
    space = "{http://www.w3.org/2005/Atom}"
    for element in (root, *root.findall(f"{space}entry")):
        names = [child.tag.removeprefix(space) for child in element]
        assert all(names.count(once) == 1 for once in _ONCE), names
        assert names.count("published") <= 1
        for moment in (child.text or "" for child in element if child.tag in (f"{space}updated", f"{space}published")):
            assert datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ")
    assert root.find(f"{space}author/{space}name") is not None


# jsonfeed.org/version/1.1: the names it knows, and which of them must be there.
_FEED_NAMES = {"version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "language": str, "authors": list, "items": list}
_ITEM_NAMES = {"id": str, "url": str, "title": str, "summary": str, "content_text": str, "date_published": str, "date_modified": str, "tags": list}


def json_feed_faults(feed: Any) -> list[str]:
    faults = [f"{name} is missing" for name in ("version", "title", "items") if name not in feed]
    faults += [f"{name} is not known or of the wrong type" for name, value in feed.items() if not isinstance(value, _FEED_NAMES.get(name, type(None)))]
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        faults.append("the version is not 1.1")
    faults += [f"author {author}" for author in feed.get("authors", []) if not set(author) & {"name", "url", "avatar"}]
    for item in feed.get("items", []):
        faults += [f"{name} is not known or of the wrong type" for name, value in item.items() if not isinstance(value, _ITEM_NAMES.get(name, type(None)))]
        if not item.get("id"):
            faults.append("an item has no id")
        if not {"content_text", "content_html"} & set(item):
            faults.append("an item has no content")
        for name in ("date_published", "date_modified"):
            if name in item and not re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})", item[name]):
                faults.append(f"{item[name]} is not a date as RFC 3339 has it")
        faults += [f"tag {tag}" for tag in item.get("tags", []) if not isinstance(tag, str)]
    ids = [item.get("id") for item in feed.get("items", [])]
    return faults + ([] if len(set(ids)) == len(ids) else ["two items share an id"])


@pytest.mark.parametrize("name", NAMES)
def test_json_feeds_keep_to_the_rules_and_say_what_the_atom_feeds_say(name: str) -> None:
    feed = json.loads(small_files()[f"feeds/{name}.json"])
    assert json_feed_faults(feed) == []
    assert [(item["id"], item["title"], item["url"], item["content_text"]) for item in feed["items"]] == [
        (entry.id, entry.title, entry.link, entry.summary) for entry in atom(small_files(), name).entries
    ]


def test_the_check_of_json_feeds_notices_faults() -> None:
    feed = json.loads(small_files()["feeds/news.json"])
    (item,) = feed["items"]
    assert json_feed_faults(feed | {"items": [{n: v for n, v in item.items() if n != "id"}]})
    assert json_feed_faults(feed | {"items": [item, item]})
    assert json_feed_faults(feed | {"items": [item | {"date_modified": "2023-02"}]})
    assert json_feed_faults(feed | {"version": "1"})


# What is in them -------------------------------------------------------------------------------------------


def test_each_feed_tells_of_every_record_of_its_kind() -> None:
    catalogue, files = small(), small_files()
    for name, kind in (("news", "news"), ("reviews", "review"), ("briefings", "briefing")):
        assert {entry.id for entry in atom(files, name).entries} == {f"tag:example.org,2026:{kind}/{record.id}" for record in catalogue.all(kind)}
    everything = {entry.id for entry in atom(files, "everything").entries}
    assert everything == {entry.id for name in NAMES[1:] for entry in atom(files, name).entries}


def test_the_newest_comes_first(tmp_path: Path) -> None:
    root = copy_of_small(tmp_path)
    news = root / "docs/news/2023-02-kite-found.md"
    days = {"a-day-in-march": "2023-03-02", "a-month": "2023-03", "long-ago": "2019-12-31"}
    for name, day in days.items():
        news.with_name(f"{name}.md").write_text(news.read_text(encoding="utf-8").replace("published: 2023-02-14", f"published: {day}"), encoding="utf-8")
    files = files_of(catalogue_at(root))
    assert [entry.id.rpartition("/")[2] for entry in atom(files, "news").entries] == ["a-day-in-march", "a-month", "2023-02-kite-found", "long-ago"]
    dates = [entry.get("published", entry.updated) for entry in atom(files, "everything").entries]
    assert dates == sorted(dates, reverse=True)


def test_a_month_is_told_by_its_first_day_and_the_text_says_so() -> None:
    (review,) = atom(small_files(), "reviews").entries
    assert review.published == "2023-02-01T00:00:00Z"
    assert "Published: February 2023 (the source gives no day)." in review.summary
    (news,) = atom(small_files(), "news").entries
    assert news.published == "2023-02-14T00:00:00Z"
    assert "14 February 2023." in news.summary
    assert "the source gives no" not in news.summary


def test_a_briefing_has_no_date_of_publication() -> None:
    (briefing,) = atom(small_files(), "briefings").entries
    assert "published" not in briefing
    assert briefing.updated == "2026-11-20T00:00:00Z"
    assert "Written: 20 November 2026." in briefing.summary
    (item,) = json.loads(small_files()["feeds/briefings.json"])["items"]
    assert "date_published" not in item


def test_a_review_that_was_updated_says_when() -> None:
    catalogue = with_record(small(), "review", "child-q", updated="2024-05")
    (entry,) = atom(files_of(catalogue), "reviews").entries
    assert (entry.published, entry.updated) == ("2023-02-01T00:00:00Z", "2024-05-01T00:00:00Z")
    assert "Updated: May 2024 (the source gives no day)." in entry.summary


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("26 September 2022", "2022-09-26"),
        ("June 2018", "2018-06"),
        ("2019", "2019"),
        ("1 May 2020", "2020-05-01"),
        ("2020/21", None),
        (Missing("date not given"), None),
        ("Planned; due in 2023", None),
        ("Endorsed in September 2017", None),
        ("2018, last updated 9 December 2020", None),
        ("October 2021, updated March to July 2022", None),
        ("Julember 2020", None),
    ],
)
def test_only_what_is_plainly_a_date_is_taken_for_one(words: str, found: str | None) -> None:
    assert as_published(words) == found
    told = list(atom(files_of(with_record(small(), "publication", "yearbook", published=words)), "publications").entries)
    assert bool(told) == (found is not None)


@pytest.mark.parametrize(
    ("published", "day", "words"),
    [
        ("2023", date(2023, 1, 1), "2023 (the source gives no month or day)"),
        ("2023-02", date(2023, 2, 1), "February 2023 (the source gives no day)"),
        ("2023-02-14", date(2023, 2, 14), "14 February 2023"),
    ],
)
def test_dates_as_far_as_they_are_published(published: str, day: date, words: str) -> None:
    assert first_day(published) == day
    assert said(published) == words


def test_a_feed_with_nothing_in_it_is_still_a_feed() -> None:
    files = files_of(without(small(), "publication"))
    assert atom(files, "publications").entries == []
    assert atom(files, "publications").feed.updated == "2026-11-20T00:00:00Z"
    assert json_feed_faults(json.loads(files["feeds/publications.json"])) == []


def test_signs_that_mean_something_to_a_program_are_only_text() -> None:
    title = 'Kites & <b>"strings"</b> ]]> é'
    files = files_of(with_record(small(), "publication", "yearbook", title=title))
    assert ET.fromstring(files["feeds/publications.xml"]).find(".//{*}entry/{*}title").text == title  # type: ignore[union-attr]
    assert json.loads(files["feeds/publications.json"])["items"][0]["title"] == title


def test_names_of_entries_do_not_change_with_the_address_of_the_site() -> None:
    ids = {e.id for e in atom(small_files(), "everything").entries}
    moved = feeds.files(small(), Site("http://127.0.0.1:8000/", "Elsewhere"))
    assert {e.id for e in atom(moved, "everything").entries} == ids


def test_the_page_names_every_feed_in_both_formats() -> None:
    page = str(Components(small()).feeds())
    assert set(re.findall(r'href="/(feeds/[^"]+)"', page)) == {name for name in small_files() if name.startswith("feeds/")}
