"""Rule: what a page says of the documents moves with them: how many there are, where they end, and what was not found in them."""

import re
from collections.abc import Iterator

from macros.content.catalogue import Catalogue
from macros.content.standing import not_looked_in
from macros.models.documents import Absence
from macros.models.words import given
from macros.problems import Problem, Severity

_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|[0-9]+)"
_TYPED = re.compile(rf"\b(?:{_NUMBER} (?:source |published )?documents|documents end in (?:[A-Z][a-z]+ )?[0-9]{{4}})\b")
_MOVING = "Write {{ document_count() }}, {{ documents_end() }} or {{ newest_report() }}, which move with the documents."
_LOOK = "Look there. If it says nothing either, add it to `documents:` in data/absences.yml; if it does, write it in `found_in:` and on the page."


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """What was found at last is no longer said to be missing. When a document arrives that is newer than all in which something was looked for, each
    page and list that says it was not found is advised of, with its line; so is a typed number or end of the documents."""
    faults = {absence.id: list(_faults(catalogue, absence)) for absence in catalogue.all("absence")}
    for page in catalogue.pages.values():
        for call in page.calls:
            name = given(call.name, call.arguments, call.named).get("id", "") if call.name == "not_found" else ""
            for says, fix, severity in faults.get(name, ()):
                yield page.problem(call.line, says, fix, severity=severity)
        for typed in _TYPED.finditer(page.source.prose) if "documents" in page.source.prose and not page.is_for_editors else ():
            yield page.problem(page.line_at(typed.start()), f'"{typed.group()}" is wrong once there is another document.', _MOVING, severity="warning")
    for absence in catalogue.all("absence"):
        for says, fix, severity in faults[absence.id] if absence.in_lists else ():
            also = f"{says} {', '.join(absence.in_lists)} says it too."
            yield catalogue.problem("absence", absence.id, "in_lists", also, fix, severity=severity)


def _faults(catalogue: Catalogue, absence: Absence) -> Iterator[tuple[str, str, Severity]]:
    if absence.found_in:
        says = f"This is said not to be found, and it stands in {absence.found_in}: {absence.looked_for}."
        yield says, "Say what that document holds, and take out that it was not found.", "error"
    for document in not_looked_in(catalogue, absence) if not absence.found_in else ():
        yield f"Nobody has looked in {document.id}, which is newer than {', '.join(absence.documents)}, for this: {absence.looked_for}.", _LOOK, "warning"
