"""What a page was made from: the questions that were asked of the content while it was made, each with its answer.

Owns: noting them, and telling from them whether the page would come out the same today. A page whose questions all have the answers they had is
the page that a clean build would make; that is how a preview makes only the pages that an edit changes. Never: renders, or knows what a page is.
"""

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from dataclasses import fields
from typing import Any, TypeVar

from macros.content.catalogue import Catalogue

Question = tuple[Any, ...]  # the name of a question and what it is about, such as ("tables", "website-views")
Notes = dict[Question, Any]
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Watched(Catalogue):
    """The same content, noting what is asked of it. What it is asked is answered by ``plain``, which nobody watches.

    A question asked by way of ``ask`` is noted as one, whatever it looks at to find its answer: so a page that shows the
    urgent numbers is not remade for a number that it does not show.
    """

    plain: Catalogue
    notes: Notes

    def __init__(self, plain: Catalogue) -> None:
        for field in fields(plain):
            value = getattr(plain, field.name)
            object.__setattr__(self, field.name, _Noting(self, field.name, value) if field.name in ("tables", "pages", "places") else value)
        self.plain, self.notes = plain, {}

    def take_notes(self) -> Notes:
        """What was asked since the notes were last taken."""
        notes, self.notes = self.notes, {}
        return notes

    def note(self, *question: Any) -> Any:
        answer = self.notes[question] = answered(self.plain, question)
        return answer

    def all(self, kind: str) -> Any:
        return self.note("all", kind)

    def get(self, kind: str, name: str) -> Any:
        return self.note("get", kind, name)

    def ask(self, question: Any, *about: Any) -> Any:
        return self.note("ask", question, *about)


class _Noting(Mapping[_Key, _Value]):
    """A part of the content: one name that is asked for is one question, and to go through all of it is another, and not one for each name as well."""

    def __init__(self, watched: Watched, name: str, plain: Mapping[_Key, _Value]) -> None:
        self._watched, self._name, self._plain = watched, name, plain

    def __getitem__(self, key: _Key) -> _Value:
        found: _Value | None = self._watched.note(self._name, key)
        if found is None:
            raise KeyError(key)
        return found

    def _all(self) -> Mapping[_Key, _Value]:
        self._watched.note(self._name)
        return self._plain

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._all())

    def values(self) -> ValuesView[_Value]:
        return self._all().values()

    def items(self) -> ItemsView[_Key, _Value]:
        return self._all().items()

    def __len__(self) -> int:
        return len(self._all())


def answered(catalogue: Catalogue, question: Question) -> Any:
    """What a catalogue says to a question."""
    name, *about = question
    if name in ("all", "get", "ask"):
        return getattr(catalogue, name)(*about)
    part: Mapping[Any, Any] = getattr(catalogue, name)
    return part.get(about[0]) if about else tuple(part.items())


def still_holds(notes: Notes, catalogue: Catalogue) -> bool:
    """Whether every question still has the answer that was noted. Nothing in a catalogue is ever changed, so the same object is the same answer."""
    return all((now := answered(catalogue, question)) is answer or bool(now == answer) for question, answer in notes.items())
