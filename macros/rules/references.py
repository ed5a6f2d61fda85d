"""Rule: whatever a record names must be there."""

from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.models import CONTENT_TYPES
from macros.models.base import references_in
from macros.models.faults import models_in
from macros.models.table import TableDescription
from macros.problems import Problem, nearest
from macros.sources.yaml_files import At


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A theme, source, group, review or other record that is named by its id must exist; a review and its briefing name each other."""
    named = [(kind.name, kind.model, catalogue.all(kind.name)) for kind in CONTENT_TYPES]
    named.append(("table", TableDescription, tuple(table.about for table in catalogue.tables.values())))
    for kind, model, records in named:
        for field, target in references_in(model):
            known = catalogue.names(target)
            for record in records:
                yield from _missing(catalogue, kind, record.id, (field,), getattr(record, field), target, known)
        for field, part in ((field, part) for field, info in model.model_fields.items() for part in models_in(info.annotation)):
            for inner, target in references_in(part):
                known = catalogue.names(target)
                for record in records:
                    if getattr(record, "derived", None):
                        continue  # its documents are carried from what the table is made of, and wrong there
                    for number, block in enumerate(getattr(record, field)):
                        yield from _missing(catalogue, kind, record.id, (field, number, inner), getattr(block, inner), target, known)
    yield from _themes_and_topics(catalogue)
    yield from _one_sided_pairs(catalogue)
    for group in catalogue.all("group"):
        if group.reports_to == group.id:
            yield catalogue.problem("group", group.id, "reports_to", "The group would answer to itself.", "Name the group it answers to, or delete the line.")


def _missing(catalogue: Catalogue, kind: str, name: str, at: At, value: object, target: str, known: tuple[str, ...]) -> Iterator[Problem]:
    for number, wanted in enumerate(value if isinstance(value, tuple) else (value,)):
        if isinstance(wanted, str) and wanted not in known and not catalogue.is_lost(target, wanted):
            some = ", ".join(known[:8]) + (f" and {len(known) - 8} more" if len(known) > 8 else "")
            says = f'There is no {target.replace("-", " ")} called "{wanted}".' + nearest(wanted, known)
            yield catalogue.problem(kind, name, None, says, f"Write one that exists: {some or 'none is there yet'}.", *at, number)


def _themes_and_topics(catalogue: Catalogue) -> Iterator[Problem]:
    """Every page links its themes to their topic pages."""
    topics, themes = catalogue.names("topic"), catalogue.names("theme")
    meant = set()
    for topic in topics:
        if topic not in themes and not catalogue.is_lost("theme", topic):
            guess = nearest(topic, themes)
            says = f'There is no theme called "{topic}", so nothing can be gathered here.{guess}'
            yield catalogue.problem("topic", topic, None, says, "Rename the file to a theme's id, or add the theme to data/themes.yml.")
            meant.add(guess)
    for theme in themes:
        if theme not in topics and nearest(theme, [theme]) not in meant and not catalogue.is_lost("topic", theme):
            yield catalogue.problem("theme", theme, None, f'The theme "{theme}" has no page.', f"Add docs/topics/{theme}.md, or take the theme out.")


def _one_sided_pairs(catalogue: Catalogue) -> Iterator[Problem]:
    """A review shows its briefing and the briefing its review, so each must name the other."""
    for kind, other in (("review", "briefing"), ("briefing", "review")):
        for record in catalogue.all(kind):
            named = getattr(record, other)
            partner = catalogue.get(other, named)
            back = getattr(partner, kind) if partner is not None else record.id
            if back != record.id and (back is None or catalogue.get(kind, back)):  # a name that leads nowhere is told already
                says = f'The {other} "{named}" does not name this {kind} in turn.'
                yield catalogue.problem(kind, record.id, other, says, f"Write `{kind}: {record.id}` there, or correct the name here.")
