"""The slips that can be made in what stands outside functions.

Owns: the slips: a pattern that asks for one sign more or less, a list without one of its names, a number one higher, a mark turned
round. Never: changes a file, or runs a test: ``tests.mutation_trials`` does.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:<?[=!]|i?:|P<\w+>)|(?:[*+?]|\{\d+(?:,\d*)?\})[+?]?|.", re.DOTALL)
_MEMBER = re.compile(r"(?:\\.|[^\\])-(?:\\.|[^\\])|\\.|.", re.DOTALL)
_COUNT = re.compile(r"(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})([+?]?)\Z")
Slip = tuple[str, Callable[[], None]]  # what it changes in words, and doing it


def slips_of_pattern(pattern: str) -> Iterator[str]:
    """The patterns that are one slip away: a count off by one, a sign or branch left out, a condition forgotten or turned round."""
    pieces = _PIECE.findall(pattern)

    def with_other(first: int, new: str, last: int | None = None) -> str:
        return "".join([*pieces[:first], new, *pieces[(first if last is None else last) + 1 :]])

    def without_a_branch(bars: list[int], end: int) -> Iterator[str]:
        for number, bar in enumerate(bars if len(bars) > 1 else ()):
            stop = [*bars[1:], end][number]
            yield with_other(bar, "", stop - 1) if number else with_other(bar + 1, "", stop)

    opened = [[-1]]
    for place, piece in enumerate(pieces):
        if piece in (r"\b", r"\Z", "^", "$"):
            yield with_other(place, "")
        elif piece in (r"\d", r"\w", r"\s", r"\D", r"\W", r"\S"):
            yield with_other(place, piece.swapcase())
        elif piece.startswith("[") and len(piece) > 1:
            yield from (with_other(place, new) for new in _slips_of_class(piece))
        elif _COUNT.match(piece):
            yield from (with_other(place, new) for new in _slips_of_count(piece))
        elif piece.startswith("("):
            opened.append([place])
        elif piece == "|":
            opened[-1].append(place)
        elif piece == ")":
            bars = opened.pop()
            if re.match(r"\(\?<?[=!]", pieces[bars[0]]):
                yield with_other(bars[0], "", place)
            yield from without_a_branch(bars, place)
    yield from without_a_branch(opened[0], len(pieces))


def _slips_of_class(piece: str) -> Iterator[str]:
    sign, inside = ("^", piece[2:-1]) if piece.startswith("[^") else ("", piece[1:-1])
    yield f"[{inside}]" if sign else f"[^{inside}]"
    members = _MEMBER.findall(inside)
    for number in range(len(members) if len(members) > 1 else 0):
        yield f"[{sign}{''.join(members[:number] + members[number + 1 :])}]"


def _slips_of_count(piece: str) -> Iterator[str]:
    found = _COUNT.match(piece)
    assert found is not None
    sign, low, comma, high, manner = found.groups()
    if sign:
        yield from {"*": (f"+{manner}",), "+": (f"*{manner}", ""), "?": ("",)}[sign]
        return
    for less, more in ((-1, 0), (1, 0), (0, -1), (0, 1)) if high else ((-1, 0), (1, 0)):
        least, most = int(low) + less, int(high) + more if high else None
        if least >= 0 and (most is None or most >= least):
            yield f"{{{least}{comma or ''}{'' if most is None else most}}}{manner}"


def slips_in(file: str) -> Iterator[Slip]:
    """Every slip in what a file sets outside its functions. A text that patterns are made of slips in all of them at once, as it would in the file."""
    module = importlib.import_module(file.removesuffix(".py").replace("/", "."))
    targets = [
        target
        for node in ast.parse(Path(file).read_text("utf-8")).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for targets in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for target in (targets.elts if isinstance(targets, ast.Tuple) else [targets])
    ]
    values = {target.id: getattr(module, target.id) for target in targets if isinstance(target, ast.Name) and target.id != "TYPE_CHECKING"}
    patterns = {id(pattern): pattern for pattern in _patterns_in(tuple(values.values()))}
    parts = {name: value for name, value in values.items() if isinstance(value, str) and any(value in pattern.pattern for pattern in patterns.values())}
    for name, part in parts.items():
        yield from _slips_of_part(name, part, module, [pattern for pattern in patterns.values() if part in pattern.pattern], sorted(parts.values(), key=len))
    seen: set[int] = set()
    for name, value in values.items():
        yield from _slips_of_value(name, value, partial(_set_everywhere, name, value), seen, sorted(parts.values(), key=len))


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _patterns_in(one)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _patterns_in(tuple(getattr(value, field.name) for field in fields(value)))


def _own_slips(text: str, parts: Sequence[str]) -> Iterator[str]:
    """The slips of a pattern's own text; the parts that it is made of slip by themselves. ``parts`` come the shortest first."""
    signs = {chr(0xE000 + number): part for number, part in enumerate(parts)}
    own = text
    for sign, part in reversed(signs.items()):
        own = own.replace(part, sign)
    for slipped in slips_of_pattern(own):
        for sign, part in signs.items():
            slipped = slipped.replace(sign, part)
        yield slipped


def _slips_of_part(name: str, part: str, module: ModuleType, patterns: Sequence[re.Pattern[str]], parts: Sequence[str]) -> Iterator[Slip]:
    for slipped in dict.fromkeys(_own_slips(part, [other for other in parts if other != part])):
        news = [_compiled(pattern.pattern.replace(part, slipped), pattern.flags) for pattern in patterns]
        if slipped != part and None not in news:
            yield f"{name}\n{_nearby(part, slipped)}", partial(_set_part, module, part, slipped, list(zip(patterns, news, strict=True)))


def _set_part(module: ModuleType, old: str, new: str, patterns: Sequence[tuple[object, object]]) -> None:
    for name, value in list(vars(module).items()):
        if isinstance(value, str) and not name.startswith("__"):
            setattr(module, name, value.replace(old, new))
    for pattern, slipped in patterns:
        _set_everywhere("", pattern, slipped)


def _set_everywhere(name: str, old: object, new: object) -> None:
    """Other files that have taken the name from its own hold the same object; a pattern may also be in records and tuples that were made with it."""
    for module in [module for module in sys.modules.values() if module]:  # a name that is never to be imported has none
        if isinstance(old, re.Pattern) and module.__name__.startswith(("macros", "tests")):
            for other, value in list(vars(module).items()):
                setattr(module, other, _with_new(value, old, new))
        elif vars(module).get(name) is old:
            setattr(module, name, new)


def _with_new(value: Any, old: object, new: object) -> Any:
    if value is old:
        return new
    if type(value) is tuple:
        return tuple(_with_new(one, old, new) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if isinstance(inner := getattr(value, field.name), tuple | re.Pattern):
                object.__setattr__(value, field.name, _with_new(inner, old, new))
    return value


def _slips_of_value(what: str, value: Any, put: Callable[[Any], None], seen: set[int], parts: Sequence[str]) -> Iterator[Slip]:
    if isinstance(value, re.Pattern) and id(value) not in seen:
        seen.add(id(value))
        for pattern in dict.fromkeys(_own_slips(value.pattern, parts)):
            if pattern != value.pattern and (compiled := _compiled(pattern, value.flags)):
                yield f"{what}\n{_nearby(value.pattern, pattern)}", partial(put, compiled)
    elif isinstance(value, bool | int):
        new: object = not value if isinstance(value, bool) else value + 1
        yield f"{what}\n- {value}\n+ {new}", partial(put, new)
    elif isinstance(value, tuple) and value and all(isinstance(one, str) for one in value):
        for left_out in range(len(value)):
            yield f"{what}\n- {value[left_out]}\n+ ", partial(put, value[:left_out] + value[left_out + 1 :])
    elif isinstance(value, tuple | Mapping):
        for key, one in enumerate(value) if isinstance(value, tuple) else value.items():
            yield from _slips_of_value(f"{what}[{key}]", one, lambda _: None, seen, parts) if is_dataclass(one) else ()
    elif is_dataclass(value) and id(value) not in seen:
        seen.add(id(value))
        for field in fields(value):
            inner = getattr(value, field.name)
            if isinstance(inner, bool) or not isinstance(inner, int):
                yield from _slips_of_value(f"{what}.{field.name}", inner, partial(object.__setattr__, value, field.name), seen, parts)


def _nearby(old: str, new: str) -> str:
    """Where two texts differ, with a little of what stands around it."""
    same, tail = _alike(old, new), _alike(old[::-1], new[::-1])
    tail = min(tail, min(len(old), len(new)) - same)
    return "\n".join(f"{sign} {text[max(0, same - 30) : len(text) - max(0, tail - 15)]}" for sign, text in (("-", old), ("+", new)))


def _alike(first: str, second: str) -> int:
    """How many signs at their beginning two texts share."""
    return next((number for number, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), min(len(first), len(second)))


def _compiled(pattern: str, flags: int) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern, flags)
    except re.error:
        return None
