"""What records are: one file a content type, and the list of them.

Owns: fields, their types and the editors' help on each. Never: reads files or compares records.
To add a content type: write its file with a model and a ``TYPE`` line, and name it in the list below.
"""

from __future__ import annotations

from macros.models import (
    action, agreement, audit, briefing, contact, event, figure, glossary_term, group, measure, menu_entry, news, page, partner,
    priority, publication, publication_duty, review, session, source, theme, timeline_event, topic, training_series,
)  # fmt: skip
from macros.models.base import ContentType

CONTENT_TYPES: tuple[ContentType, ...] = (
    theme.TYPE, source.TYPE, figure.TYPE, agreement.TYPE, measure.TYPE, action.TYPE, group.TYPE, partner.TYPE,
    publication.TYPE, publication_duty.TYPE, contact.TYPE, glossary_term.TYPE, event.TYPE, session.TYPE,
    training_series.TYPE, audit.TYPE, menu_entry.TYPE, timeline_event.TYPE, page.TYPE, review.TYPE, briefing.TYPE, priority.TYPE,
    topic.TYPE, news.TYPE,
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in CONTENT_TYPES}
BY_PLURAL = {kind.plural: kind for kind in CONTENT_TYPES}
