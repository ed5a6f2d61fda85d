"""What a page was made from: the questions that were asked of the content while it was made, each with its answer.

Owns: noting them, and telling from them whether the page would come out the same today. A page whose questions
all have the answers they had is the page that a clean build would make; that is how a preview makes only the
pages that an edit changes. Never: renders, or knows what a page is.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from contextlib import contextmanager
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

    def __init__(self, plain: Catalogue) -> None:
        for field in fields(plain):
            object.__setattr__(self, field.name, getattr(plain, field.name))
        notes: list[Notes] = []
        for name, value in (("plain", plain), ("_notes", notes)):
            object.__setattr__(self, name, value)
        for name in ("tables", "pages", "places"):
            object.__setattr__(self, name, _Noting(self, name, getattr(plain, name)))

    @contextmanager
    def noting(self) -> Iterator[Notes]:
        """Gathers what is asked while a page is made."""
        notes: Notes = {}
        self._open.append(notes)
        try:
            yield notes
        finally:
            self._open.remove(notes)

    @property
    def _open(self) -> list[Notes]:
        found: list[Notes] = self._notes  # type: ignore[attr-defined]
        return found

    def note(self, *question: Any) -> Any:
        """Answers a question and notes it for every page that is being made."""
        answer = answered(self.plain, question)
        for notes in self._open:
            notes[question] = answer
        return answer

    def all(self, kind: str) -> tuple[Any, ...]:
        """Every record of a type, in the order of its file."""
        found: tuple[Any, ...] = self.note("all", kind)
        return found

    def get(self, kind: str, name: str) -> Any:
        """One record, or nothing."""
        return self.note("get", kind, name)

    def ask(self, question: Any, *about: Any) -> Any:
        """The answer to a question about the whole content."""
        return self.note("ask", question, *about)


class _Noting(Mapping[_Key, _Value]):
    """A part of the content: one name that is asked for is one question, and to go through all of it is another."""

    def __init__(self, watched: Watched, name: str, plain: Mapping[_Key, _Value]) -> None:
        self._watched, self._name, self._plain = watched, name, plain

    def __getitem__(self, key: _Key) -> _Value:
        found: _Value | None = self._watched.note(self._name, key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[_Key]:
        self._watched.note(self._name)
        return iter(self._plain)

    def values(self) -> ValuesView[_Value]:
        """All of it: one question, and not one for each name as well."""
        self._watched.note(self._name)
        return self._plain.values()

    def items(self) -> ItemsView[_Key, _Value]:
        """The same with the names."""
        self._watched.note(self._name)
        return self._plain.items()

    def __len__(self) -> int:
        self._watched.note(self._name)
        return len(self._plain)


def answered(catalogue: Catalogue, question: Question) -> Any:
    """What a catalogue says to a question."""
    name, *about = question
    if name == "all":
        return catalogue.all(about[0])
    if name == "get":
        return catalogue.get(about[0], about[1])
    if name == "ask":
        return catalogue.ask(about[0], *about[1:])
    part: Mapping[Any, Any] = getattr(catalogue, name)
    return part.get(about[0]) if about else tuple(part.items())


def still_holds(notes: Notes, catalogue: Catalogue) -> bool:
    """Whether every question still has the answer that was noted. Nothing in a catalogue is ever changed, so the same object is the same answer."""
    return all(_same(answered(catalogue, question), answer) for question, answer in notes.items())


def _same(now: Any, before: Any) -> bool:
    return now is before or bool(now == before)
