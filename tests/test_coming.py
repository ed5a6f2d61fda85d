"""What is to come, from the day it is added in each of three ways until the day after, on whatever day this is run."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from macros.components import Components
from macros.components.linked_data import linked_data
from macros.content.catalogue import Catalogue
from macros.editing.forms import label_of, proposal
from macros.editing.new import new_entry, write_files
from macros.models import BY_NAME
from macros.outputs import every_output
from macros.problems import errors
from macros.rules import check_all
from macros.views import dates
from macros.website.generated_pages import generated_pages
from tests.mistakes_corpus import TODAY
from tests.outputs_at_hand import catalogue_at, problems_at, site_of
from tests.whole_sites import EPOCH, ROOT, build, copy_small_site

NONE = "No events or sessions are listed."
FORM = "### Title\n\nTails by form\n\n### Format\n\nonline\n\n### Date\n\n2026-12-02\n\n### Series\n\nwindy-lunches\n"
BY_HAND = """\
- id: gale-day
  title: Gale day by hand
  summary: Made-up talks about gales.
  date: 2026-12-09
  last_day: 2026-12-10
  format: in person
  announced_on: 2026-11-20
- id: calm-day
  title: Calm day
  summary: Nobody came.
  date: 2026-12-01
  format: online
  status: cancelled
  announced_on: 2026-11-20
- id: shower-day
  title: Shower day
  summary: It rained, so it was moved.
  date: 2026-12-03
  moved_to: 2026-12-17
  format: online
  announced_on: 2026-11-20
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with a session by form, one by template and events by hand."""
    root = copy_small_site(tmp_path_factory.mktemp("coming"))
    path, text, _ = proposal(FORM, [label_of(BY_NAME["session"])], 7, TODAY)
    write_files(root, {path: text})
    (root / "data/events.yml").write_text((root / "data/events.yml").read_text() + BY_HAND)
    for path, text in new_entry(root, "session", "Gusts by template", TODAY).items():
        filled = text.replace("  format:\n", "  format: online\n").replace("  date:\n", "  date: 2026-12-09\n")
        write_files(root, {path: filled.replace("  event:\n", "  event: gale-day\n")})
    return root


@pytest.fixture(scope="module")
def catalogue(site: Path) -> Catalogue:
    found = catalogue_at(site)
    assert errors([*problems_at(site), *check_all(found)]) == []
    return found


def on(catalogue: Catalogue, day: str) -> Catalogue:
    return replace(catalogue, today=date.fromisoformat(day))


def shown(catalogue: Catalogue) -> dict[str, str]:
    """What a reader sees in each place where something to come stands."""
    pieces = Components(catalogue)
    return {
        "home": str(pieces.page_footer(catalogue.pages["index.md"])).split('id="training-next"')[1].split("</section>")[0],
        "training": str(pieces.coming()),
        "series": str(pieces.listing("training-series")),
        "event": next(page.html for page in generated_pages(catalogue, pieces) if page.path == "training/events/gale-day.md"),
    }


def feed(catalogue: Catalogue, site: Path, name: str = "training") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(every_output(catalogue, site_of(site))[f"feeds/{name}.json"])["items"]
    return items


def test_what_is_to_come_stands_everywhere_whichever_way_it_was_added(site: Path, catalogue: Catalogue) -> None:
    seen = shown(catalogue)
    titles = ["Calm day", "Tails by form", "Gale day by hand", "Gusts by template", "Shower day"]
    assert [entry.record.title for entry in dates.coming(catalogue)] == titles
    assert [title for title in titles if title in seen["home"]] == titles[:3], "the next three"
    assert [title for title in titles if title in seen["training"]] == titles
    assert NONE not in seen["home"] + seen["training"]
    assert "Next" in seen["series"] and 'id="session-tails-by-form"' in seen["series"] and "Announced by the partnership on 20 November 2026" in seen["series"]
    assert "9 December 2026 to 10 December 2026" in seen["event"] and 'id="session-gusts-by-template"' in seen["event"]
    assert "Announced by the partnership on 20 November 2026." in seen["event"] and "How to ask for a place" in seen["event"]
    assert {item["title"] for item in feed(catalogue, site)} == {"Cancelled: Calm day", *titles[1:]}
    assert "Tails by form" in {item["title"] for item in feed(catalogue, site, "everything")}
    files = every_output(catalogue, site_of(site))
    [week] = [e for e in Calendar.from_ical(files["calendars/events/gale-day.ics"]).walk("VEVENT") if "event" in str(e["uid"])]
    assert str(week["summary"]) == "Gale day by hand"
    assert b"Tails by form" in files["calendars/training-series/windy-lunches.ics"]


def test_what_was_cancelled_or_moved_says_so(catalogue: Catalogue) -> None:
    seen = shown(catalogue)["training"]
    calm, shower = (seen.split(f">{title}<")[1].split("</li>")[0] for title in ("Calm day", "Shower day"))
    assert "Cancelled" in calm and "Add to calendar" not in calm
    assert "Moved from 3 December 2026" in shower and "17 December 2026" in shower and "Add to calendar" in shower

    class Frame:
        title, description, address, trail = "", "", "/training/events/shower-day/", ()

    said = str(linked_data(catalogue, "training/events/shower-day.md", Frame, "https://kites.example/", "Kites"))  # type: ignore[arg-type]  # all that it asks of a frame
    assert '"startDate":"2026-12-17"' in said and '"previousStartDate":"2026-12-03"' in said and "EventRescheduled" in said


def test_the_day_after_it_is_gone_and_kept_as_history(site: Path, catalogue: Catalogue) -> None:
    last, after = on(catalogue, "2026-12-10"), on(catalogue, "2026-12-11")
    assert "Gale day by hand" in shown(last)["home"], "on its last day it stands there still"
    seen = shown(after)
    assert "Gale day" not in seen["home"] + seen["training"] and "Add to calendar" not in seen["event"] and "How to ask" not in seen["event"]
    assert "Held before" in seen["series"] and "Tails by form" in seen["series"] and "Gusts by template" in seen["event"]
    assert [item["title"] for item in feed(after, site)] == ["Shower day"]
    assert b"Gale day by hand" in every_output(after, site_of(site))["calendars/everything.ics"]


def test_only_the_list_says_that_there_is_nothing(catalogue: Catalogue) -> None:
    later = shown(on(catalogue, "2027-01-01"))
    assert NONE in later["home"] and NONE in later["training"]
    claim = re.compile(r"(?i)\b(?:dates?|sessions?|events?)\b[^.<>]*\b(?:is|are) (?:not on this website|listed)")
    said = [path.name for path in (ROOT / "overrides").rglob("*.html") if not path.name.startswith("report_") and claim.search(path.read_text())]
    assert said == ["coming.html"]


def test_the_site_is_built_with_a_page_for_each_event(site: Path) -> None:
    built = build(site, SOURCE_DATE_EPOCH=EPOCH)
    assert built.returncode == 0, built.stdout + built.stderr
    page = (site / "site/training/events/gale-day/index.html").read_text()
    assert "<h1" in page and "Gusts by template" in page and 'property="og:title"' in page
    home = (site / "site/index.html").read_text()
    assert 'href="training/events/gale-day/"' in home and 'href="training/lunchtime-series/#session-tails-by-form"' in home
    assert "training/events/gale-day/" in (site / "site/sitemap.xml").read_text()


def test_every_day_is_either_to_come_or_history(catalogue: Catalogue) -> None:
    """No event or session falls between the two, on any day of a month."""
    ids = {entry.record.id for entry in dates.dated(catalogue) if entry.kind.name != "news"}
    for number in range(40):
        day = date(2026, 11, 20) + timedelta(days=number)
        ahead = {entry.record.id for entry in dates.coming(replace(catalogue, today=day))}
        assert ahead == {name for name in ids for entry in dates.dated(catalogue) if entry.record.id == name and entry.last >= day}
