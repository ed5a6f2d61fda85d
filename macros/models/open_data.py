"""Which records are open data, which feeds there are, and the addresses of both: pages name them, ``outputs`` writes what is there.

Never: makes a file, or looks at a record.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# Every content type is named here or below, so that a new one is published because somebody decided so.
OPEN_RECORDS: tuple[str, ...] = (
    "review", "briefing", "priority", "measure", "action", "audit", "session", "event", "training-series", "partner", "group", "role",
    "publication", "publication-duty", "absence", "source", "contact", "glossary-term", "figure", "agreement", "timeline-event", "theme",
    "topic", "news", "page", "version",
)  # fmt: skip
KEPT_BACK: Mapping[str, str] = {
    "partnership": "how feeds and calendars are named and where leaving leads",
    "area": "tables and figures name theirs",
    "town": "where drawings put each, which is no measurement",
    "subject": "how the catalogue is arranged",
    "menu-entry": "how the site's menu is arranged",
    "plain-word": "which words the check advises against",
    "redirect": "where old addresses lead",
    "withdrawn": "which pages were taken down",
    "year-work": "what is still to be done for a new annual report",
    "question": "what only the partnership can say",
    "link-exception": "which outside links a program cannot look at",
    "pseudonym": "which names for children the check lets stand",
    "privacy-allowed": "what the check would take for private and may stand all the same",
}
# Settings that arrange pages on this site and say nothing about a subject.
WITHHELD_FIELDS = ("order", "contents", "render_macros", "explain")

# The version of the shape of what is published below /data/: which files there are, what their fields are called and hold. A field or file more
# raises the second number; one that is gone, renamed or of another type the first. tests/open_data_format.yml keeps the shape that goes with it.
FORMAT = "2.0"
DATA_PACKAGE = "/data/datapackage.json"
CHANGES = "/data/changes.json"
TABLES_DESCRIBED = "/data/tables/csv-metadata.json"  # where CSV on the Web looks for what describes every table of a folder
EVERYTHING = "/calendars/everything.ics"
PAGE_REVIEWS = "/calendars/page-reviews.ics"  # for those who look after the site


def table_file(name: str, ending: str) -> str:
    """The address of a table's file: ``csv`` or ``json``."""
    return f"/data/tables/{name}.{ending}"


def records_file(plural: str) -> str:
    """The address of all records of a type."""
    return f"/data/records/{plural}.json"


def schema_file(name: str) -> str:
    """The address of the JSON Schema that a type's records keep to."""
    return f"/data/schemas/{name}.json"


@dataclass(frozen=True)
class Feed:
    """A feed: the types it has news of, the part of the site whose pages point to it, and its addresses in the Atom and JSON Feed formats."""

    name: str
    title: str
    says: str
    kinds: tuple[str, ...]
    part: str

    @property
    def atom(self) -> str:
        return f"/feeds/{self.name}.xml"

    @property
    def json(self) -> str:
        return f"/feeds/{self.name}.json"


FEEDS: tuple[Feed, ...] = (
    Feed(
        "everything",
        "Everything new",
        "News, reviews, briefings, publications and training to come.",
        ("news", "review", "briefing", "publication", "event", "session"),
        "/",
    ),
    Feed("news", "News", "Dated events in the partnership's work.", ("news",), "/news/"),
    Feed("reviews", "Reviews", "Published reviews of practice.", ("review",), "/learning/reviews/"),
    Feed("training", "Training to come", "Events and sessions until their day is over.", ("event", "session"), "/training/"),
    Feed("briefings", "7-minute briefings", "Short briefings for team meetings.", ("briefing",), "/learning/briefings/"),
    Feed("changes", "What changed here", "Each day on which something was added, changed, corrected or withdrawn on this website.", (), "/"),
    Feed("publications", "Publications", "Documents whose date of publication is known.", ("publication",), "/publications/"),
)
