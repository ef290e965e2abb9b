"""A document as a record: pydantic finds what is wrong, this module says it in plain words at its place."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from trust_playbook.documents.fields import Record
from trust_playbook.documents.trees import Document, Loc, read_document
from trust_playbook.problems import Problem, capped, did_you_mean, shown

RecordT = TypeVar("RecordT", bound=Record)

_SHAPES = {
    "string_type": "a text belongs here",
    "tuple_type": "a list belongs here",
    "list_type": "a list belongs here",
    "dict_type": "a mapping of keys to values belongs here",
    "model_type": "a mapping of keys to values belongs here",
    "model_attributes_type": "a mapping of keys to values belongs here",
    "int_type": "a whole number belongs here",
    "float_type": "a number belongs here",
    "bool_type": "true or false belongs here",
    "date": "this date does not exist",
}
_SHAPE_HINTS = {
    "tuple_type": "write it as [one, two], or one '- ' line each",
    "list_type": "write it as [one, two], or one '- ' line each",
    "date": "write it as 2026-11-22",
}
_LIMITS = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"),
    "less_than": ("less than", "lt"),
}


def read_record(path: Path, record_type: type[RecordT], problems: list[Problem]) -> tuple[RecordT, Document] | None:
    """Read one file as a record, together with its document for checks that come later."""
    document = read_document(path, problems)
    if document is None:
        return None
    record = record_in(document, record_type, problems)
    return None if record is None else (record, document)


def record_in(document: Document, record_type: type[RecordT], problems: list[Problem]) -> RecordT | None:
    """Return a document's record, or None after appending each thing that is wrong with it."""
    try:
        return record_type.model_validate(document.tree)
    except ValidationError as error:
        found = error.errors(include_url=False)
        problems.extend(capped([_in_words(document, record_type, one) for one in found if not _follows(one, found)]))
        return None


def _follows(one: ErrorDetails, others: list[ErrorDetails]) -> bool:
    """Return whether a list is only too short because entries of it are wrong."""
    depth = len(one["loc"])
    inner = (other["loc"] for other in others if len(other["loc"]) > depth)
    return one["type"] == "too_short" and any(loc[:depth] == one["loc"] for loc in inner)


def _in_words(document: Document, record_type: type[Record], found: ErrorDetails) -> Problem:
    kind, context = found["type"], found.get("ctx", {})
    loc = _existing(document, found["loc"])
    name = shown(next((part for part in reversed(loc) if isinstance(part, str)), document.path.name))
    if kind == "missing":
        key = str(found["loc"][-1])
        return document.problem(loc, "missing-key", f"'{key}' is missing", f"add a line '{key}: …'")
    if kind == "extra_forbidden":
        known = _keys_at(record_type, found["loc"][:-1])
        return document.problem(
            loc, "unknown-key", f"'{name}' is not a key that belongs here", did_you_mean(name, known), at_key=True
        )
    if kind in ("literal_error", "enum"):
        word = shown(_text_at(document, loc))
        choices = re.findall(r"'([^']*)'", str(context["expected"]))
        return document.problem(
            loc, "unknown-choice", f"'{word}' is not a choice for '{name}'", did_you_mean(word, choices)
        )
    if kind == "string_too_long" or (kind == "too_long" and isinstance(_value_at(document, loc), str)):
        length, limit = len(_text_at(document, loc)), context["max_length"]
        return document.problem(loc, "too-long", f"'{name}' has {length} characters; {limit} are accepted")
    if kind in ("too_short", "too_long"):
        few = kind == "too_short"
        limit = context["min_length"] if few else context["max_length"]
        entries = "entry" if limit == 1 else "entries"
        return document.problem(loc, "wrong-count", f"'{name}' needs at {'least' if few else 'most'} {limit} {entries}")
    if kind in _LIMITS:
        words, key = _LIMITS[kind]
        return document.problem(loc, "out-of-range", f"'{name}' must be {words} {context[key]:g}")
    if kind.startswith("date_"):
        kind = "date"
    if kind in _SHAPES:
        return document.problem(loc, "wrong-type", f"'{name}': {_SHAPES[kind]}", _SHAPE_HINTS.get(kind))
    return _own_words(document, loc, name, found)


def _own_words(document: Document, loc: Loc, name: str, found: ErrorDetails) -> Problem:
    """Return a problem that a field type or a record's own rule has already put into words."""
    context = found.get("ctx", {})
    if "message" in context:
        inner: Loc = (*loc, *context.get("at", ()))
        message = context["message"] if "at" in context else f"'{name}': {context['message']}"
        return document.problem(inner, found["type"], message, context.get("hint"))
    if found["type"] == "string_too_short":
        return document.problem(loc, "no-value", f"'{name}' has no text")
    return document.problem(loc, "wrong-value", f"'{name}': {found['msg']}")


def _existing(document: Document, loc: tuple[str | int, ...]) -> Loc:
    """Drop from a pydantic location what does not stand in the file: names of variants, '[key]' marks."""
    known: Loc = ()
    for part in loc:
        if (*known, part) in document.values:
            known = (*known, part)
    return known


def _value_at(document: Document, loc: Loc) -> Any:
    tree: Any = document.tree
    for part in loc:
        tree = tree[part]
    return tree


def _text_at(document: Document, loc: Loc) -> str:
    return str(_value_at(document, loc))


def _keys_at(record_type: type[Record], loc: Iterable[str | int]) -> tuple[str, ...]:
    """Return the keys that the record at `loc` knows, following the annotations."""
    kinds: list[Any] = [record_type]
    for part in loc:
        kinds = [inner for kind in kinds for inner in _step(kind, part)]
    return tuple(key for kind in kinds if _is_record(kind) for key in kind.model_fields)


def _step(kind: Any, part: str | int) -> list[Any]:
    if _is_record(kind):
        field = kind.model_fields.get(str(part))
        return _plain(field.annotation) if field else []
    if get_origin(kind) in (tuple, list, dict):
        return [inner for argument in get_args(kind) if argument is not Ellipsis for inner in _plain(argument)]
    return []


def _plain(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return [inner for argument in get_args(annotation) for inner in _plain(argument)]
    return [annotation]


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
