"""What records are: models that belong together share a file, and the list of all content types.

Owns: fields, their types and the editors' help on each. Never: reads files or compares records.
To add a content type: write its model, name it in the list below, and say in ``open_data`` whether it is published.
"""

from macros.models.base import ContentType
from macros.models.documents import Absence, Publication, PublicationDuty, Source, YearWork
from macros.models.pages import NEW_BRIEFING, NEW_NEWS, NEW_PAGE, NEW_PRIORITY, NEW_REVIEW, NEW_TOPIC, Briefing, News, Page, Priority, Review, Topic, Version
from macros.models.partnership import Area, Partnership, Subject, Town
from macros.models.people import Contact, Group, HeldRole, Partner
from macros.models.performance import Action, Agreement, Audit, Figure, Measure
from macros.models.site import (
    GlossaryTerm,
    LinkException,
    MenuEntry,
    PlainWord,
    PrivacyAllowed,
    Pseudonym,
    Question,
    Redirect,
    Theme,
    TimelineEvent,
    Withdrawn,
)
from macros.models.table import TableDescription
from macros.models.training import Event, Session, TrainingSeries

CONTENT_TYPES: tuple[ContentType, ...] = (
    ContentType("partnership", "The partnership", Partnership, "data/partnership.yml", listed=False),
    ContentType("area", "Areas", Area, "data/areas.yml", listed=False),
    ContentType("town", "Towns on the map", Town, "data/towns.yml", listed=False),
    ContentType("subject", "Subjects of the catalogue", Subject, "data/subjects.yml", listed=False),
    ContentType("theme", "Themes", Theme, "data/themes.yml"),
    ContentType("source", "Source documents", Source, "data/sources.yml", filters=("kind",), address="/publications/#source-{id}"),
    ContentType("figure", "Figures", Figure, "data/figures.yml", filters=("theme",), address="/performance/figures/#figure-{id}"),
    ContentType("agreement", "Sums that must agree", Agreement, "data/agreements.yml"),
    ContentType("measure", "Success measures", Measure, "data/measures.yml", address="/priorities/{priority}/#measure-{id}"),
    ContentType("action", "Actions", Action, "data/actions.yml", filters=("theme",)),
    ContentType("group", "Groups", Group, "data/groups.yml", filters=("kind", "theme"), address="/arrangements/groups/#group-{id}"),
    ContentType("partner", "Partners", Partner, "data/partners.yml", filters=("kind",), address="/arrangements/partners/#partner-{id}"),
    ContentType("role", "Roles", HeldRole, "data/roles.yml", filters=("kind",), address="/arrangements/partners/#role-{id}"),
    ContentType("publication", "Publications", Publication, "data/publications.yml", filters=("kind", "theme"), address="/publications/#publication-{id}"),
    ContentType("publication-duty", "What must be published", PublicationDuty, "data/publication_duties.yml", address="/publications/what-must-be-published/"),
    ContentType("absence", "Looked for and not found", Absence, "data/absences.yml"),
    ContentType("year-work", "Work of a new annual report", YearWork, "data/year_work.yml", plural="year-work", listed=False),
    ContentType("contact", "Contacts", Contact, "data/contacts.yml", address="/contact/#contact-{id}"),
    ContentType("glossary-term", "Glossary", GlossaryTerm, "data/glossary.yml", address="/glossary/#term-{id}", sorted_by="term"),
    ContentType("plain-word", "Plain words", PlainWord, "data/plain_words.yml", sorted_by="id", listed=False),
    ContentType("event", "Events", Event, "data/events.yml", filters=("theme",), newest_first="day", address="{0.shown_at}"),
    ContentType("session", "Training sessions", Session, "data/sessions.yml", filters=("theme",), address="/training/lunchtime-series/#session-{id}"),
    ContentType("training-series", "Training series", TrainingSeries, "data/training_series.yml", filters=("theme",), address="/training/lunchtime-series/"),
    ContentType("audit", "Audits", Audit, "data/audits.yml", filters=("theme", "kind", "year"), newest_first="year", address="/learning/audits/#audit-{id}"),
    ContentType("menu-entry", "Menu", MenuEntry, "data/menu.yml"),
    ContentType("timeline-event", "Timeline", TimelineEvent, "data/timeline.yml", newest_first="starts", address="/arrangements/timeline/"),
    ContentType("question", "Questions for the partnership", Question, "data/questions.yml", listed=False),
    ContentType("link-exception", "Links not checked", LinkException, "data/link_exceptions.yml", sorted_by="id", listed=False),
    ContentType("redirect", "Old addresses", Redirect, "data/redirects.yml", listed=False),
    ContentType("withdrawn", "Withdrawn pages", Withdrawn, "data/withdrawn.yml", plural="withdrawn", listed=False),
    ContentType("pseudonym", "Pseudonyms", Pseudonym, "data/pseudonyms.yml", listed=False),
    ContentType("privacy-allowed", "Allowed by privacy", PrivacyAllowed, "data/privacy_allowed.yml", plural="privacy-allowed", sorted_by="id", listed=False),
    ContentType("page", "Pages", Page, "docs/", filters=("audience", "theme"), starts=NEW_PAGE),
    ContentType(
        "review", "Reviews", Review, "docs/learning/reviews/", filters=("theme", "kind", "year", "audience"), newest_first="published", starts=NEW_REVIEW
    ),
    ContentType("briefing", "7-minute briefings", Briefing, "docs/learning/briefings/", filters=("theme", "audience"), starts=NEW_BRIEFING),
    ContentType("priority", "Priorities", Priority, "docs/priorities/", filters=("theme", "year"), starts=NEW_PRIORITY),
    ContentType("topic", "Topics", Topic, "docs/topics/", filters=("audience",), starts=NEW_TOPIC),
    ContentType("news", "News", News, "docs/news/", filters=("theme", "year"), newest_first="published", starts=NEW_NEWS),
    ContentType("version", "Other languages and easy read", Version, "docs/versions/", starts=NEW_PAGE),
)
# A table is two files, so it is read in its own way; for editors it is a kind of entry like the others.
TABLE = ContentType("table", "Tables", TableDescription, "data/tables/")
KINDS: tuple[ContentType, ...] = (*CONTENT_TYPES, TABLE)
BY_NAME = {kind.name: kind for kind in CONTENT_TYPES}
BY_PLURAL = {kind.plural: kind for kind in CONTENT_TYPES}
