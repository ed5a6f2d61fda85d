"""From a mapping of text to a record, or to what each error of pydantic means to somebody who has never seen code.

Never: knows files or lines: a fault names the settings it is about, and the catalogue finds their place.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from macros.models.base import Fault
from macros.problems import nearest

Model = TypeVar("Model", bound=BaseModel)
At = tuple[str | int, ...]


def fit(model: type[Model], value: Mapping[str, Any], title: str, not_written: Sequence[str] = ()) -> Model | list[Fault]:
    """The record, or everything that keeps ``value`` from being one.

    A setting without a value counts as not written. ``title`` is what such records are called, and
    ``not_written`` names settings that an editor never writes, so that they are not proposed.
    """
    blank = {key for key, item in value.items() if item is None}
    try:
        return model.model_validate({key: item for key, item in value.items() if item is not None})
    except ValidationError as error:
        faults = list(_worth_telling([dict(fault) for fault in error.errors()], model))
        return [_in_plain_words(fault, model, title, blank, not_written) for fault in faults]


def _worth_telling(faults: Sequence[dict[str, Any]], model: type[BaseModel]) -> Iterator[dict[str, Any]]:
    """Without what follows from another mistake: a setting missing as it is misspelt, a list too short as its entries do not fit."""
    misspelt = {
        (*fault["loc"][:-1], nearest(str(fault["loc"][-1]), _names(_model_at(model, fault["loc"])), say="{}").strip('"'))
        for fault in faults
        if fault["type"] == "extra_forbidden"
    }
    places: list[At] = [fault["loc"] for fault in faults]
    for fault in faults:
        if fault["type"] == "literal_error" and "Missing()" in str(fault["loc"][-1]):  # what else is wrong with the value is told, and may name the reasons
            continue
        inside = any(place[: len(fault["loc"])] == fault["loc"] and len(place) > len(fault["loc"]) for place in places)
        if not (fault["type"] == "missing" and fault["loc"] in misspelt) and not (fault["type"] == "too_short" and inside):
            yield fault


def _in_plain_words(fault: dict[str, Any], model: type[BaseModel], title: str, blank: set[str], not_written: Sequence[str]) -> Fault:
    at: At = tuple(part for part in fault["loc"] if not (isinstance(part, str) and part.startswith(("function-", "literal["))))
    name = next((part for part in reversed(at) if isinstance(part, str)), "")
    owner = _model_at(model, at)
    described = next((info.description for field, info in owner.model_fields.items() if name in (field, info.alias)), None) or ""
    error = fault.get("ctx", {}).get("error")
    if isinstance(error, Fault):
        return Fault(error.says, error.fix, *at, *error.at)
    if fault["type"] == "missing":
        state = "is blank" if name in blank and len(at) == 1 else "is missing"
        return Fault(f'"{name}" {state}.', f"Write `{name}: …`. {described}".strip(), *at)
    if fault["type"] == "extra_forbidden":
        known = [other for other in _names(owner) if other not in not_written]
        return Fault(f'"{name}" is not a setting here.' + nearest(name, known), f"Correct or delete it. Known are: {', '.join(known)}.", *at)
    says, fix = _says_and_fix(fault, at, name, title)
    if described and (fault["type"] not in ("literal_error", "tuple_type", "list_type") or "write why" in described):  # whose fix says enough
        fix += f" What belongs here: {described}"
    return Fault(says, fix, *at)


_BY_KIND = {
    "greater_than_equal": ("{given} is too small; the smallest allowed is {ge}.", "Correct the number."),
    "less_than_equal": ("{given} is too large; the largest allowed is {le}.", "Correct the number."),
    "string_pattern_mismatch": ('"{given}" is not written as it must be.', "Correct it."),
    "not_a_team": ("Here stands no team or post in small letters.", "Write one, such as business-team, and never a person."),
    "blank": ("The text is blank.", "Write it."),
    "string_too_short": ("The text has {length} characters; at least {min_length} are needed.", "Say more."),
    "string_too_long": ("The text has {length} characters; at most {max_length} are allowed.", "Shorten it."),
    "too_short": ('"{name}" has too few entries.', "Give at least {min_length}."),
    "too_long": ('"{name}" has too many entries.', "Give at most {max_length}."),
}


def _says_and_fix(fault: dict[str, Any], at: At, name: str, title: str) -> tuple[str, str]:
    kind, given, context = fault["type"], fault.get("input"), fault.get("ctx", {})
    length = len(given) if isinstance(given, str) else 0
    if kind.endswith(("too_short", "too_long")) and isinstance(given, str):  # pydantic speaks of some texts as of lists
        kind = f"string_{kind.removeprefix('string_')}" if given else "blank"
    if kind in _BY_KIND:
        says, fix = (text.format(given=given, name=name, length=length, **context) for text in _BY_KIND[kind])
        return says, fix
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", context["expected"])
        return f'"{given}" is not one of the values allowed.' + nearest(str(given), allowed), f"Write one of: {', '.join(allowed)}."
    if kind in ("value_error", "assertion_error"):
        subject = f'"{given}"' if isinstance(given, str) else f'"{name}"' if name else f"This entry of {title.lower()}"
        return f"{subject} {context['error']}.", "Correct it."
    if kind.startswith(("int", "decimal", "finite")) and isinstance(given, str):
        return f'"{given}" is not a number.', "Write digits only."
    # From here on the shape is wrong: a list where one value belongs, and the like.
    if kind in ("tuple_type", "list_type"):
        if isinstance(given, str):
            return f'"{name}" is a list, and here stands a single value.', f"Write it in brackets: {name}: [{given}]."
        return f'"{name}" is a list, and here stands a block.', "Begin each entry with a dash and a blank."
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        subject = f'An entry of "{name}"' if at and isinstance(at[-1], int) else f'"{name}"'
        return f"{subject} is a block of settings, and here stands something else.", "Write its settings on lines of their own, two blanks to the right."
    if isinstance(given, dict):
        says = f'"{name}" is a single value, and here stands a block; a colon or a curly bracket in the value makes one.'
        return says, "Put the whole value in double quotes."
    if isinstance(given, list):
        return f'"{name}" is a single value, and here stands a list.', "Write one value on the line."
    if kind == "string_type":
        return f'"{name}" has a blank entry.', "Write it, or delete the line."
    return f'"{given}" does not fit.', "Compare it with an entry that works."


def _names(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_at(model: type[BaseModel], at: At) -> type[BaseModel]:
    """The model that the last name of ``at`` is a field of, so that suggestions name its siblings."""
    for part in at[:-1]:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        model = next(models_in(field.annotation), model) if field else model
    return model


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models of blocks that a field may hold."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from models_in(argument)
