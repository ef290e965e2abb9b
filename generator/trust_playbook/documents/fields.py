"""The field types that records are made of: what a text, an id or a number may look like in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

ID_PATTERN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_REF_PATTERN = re.compile(rf"{ID_PATTERN.pattern}/{ID_PATTERN.pattern}")
_COUNT = re.compile(r"-?(0|[1-9][0-9]{0,8})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,9})?")
_WEEKS = re.compile(r"([1-9][0-9]?) weeks?")
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(?:/[^\s<>\"'\\`{}|^\[\]]*)?")
# Each mark at the head of a line is one level deeper for Python-Markdown, which recurses.
_DEEP_LIST = re.compile(r"^[ \t]*(?:(?:[*+-]|[0-9]+\.|>)[ \t]*){4}", re.MULTILINE)
_RAW_HTML = re.compile(r"<[A-Za-z/!?]")
_PLACEHOLDER = re.compile(r"\b(?:TODO|TBD|FIXME|XXX)\b|(?i:lorem ipsum|\[(?:insert|your) )")
_RESERVED = frozenset({"con", "prn", "aux", "nul", "index", "404", "assets", "search"}) | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)
}
# Python-Markdown needs time in the square of the brackets it meets.
MAX_BRACKETS = 60


class Record(BaseModel):
    """One kind of file: immutable, with no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def broken_rule(code: str, message: str, hint: str, *at: str | int) -> PydanticCustomError:
    """Return the error of a record's own rule; `at` leads from the record to the value that breaks it."""
    where: dict[str, Any] = {"at": at} if at else {}
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint, **where})


def repeated_at(ids: Iterable[str]) -> int | None:
    """Return where an id stands that stood before, counting from 0."""
    seen: set[str] = set()
    for index, id in enumerate(ids):
        if id in seen:
            return index
        seen.add(id)
    return None


def is_id(text: str) -> bool:
    """Return whether a text can name a thing: its file, its page, its folder."""
    return ID_PATTERN.fullmatch(text) is not None and text not in _RESERVED


def _id(text: str) -> str:
    if not is_id(text):
        raise broken_rule("bad-id", "this is not an id", "use lower-case letters, digits and single hyphens")
    return text


def _ref(text: str) -> str:
    if not _REF_PATTERN.fullmatch(text):
        raise broken_rule(
            "bad-id", "this does not name an idea", "write source/idea, for example brown-2025/thats-right"
        )
    return text


def _count(value: Any) -> Any:
    if isinstance(value, str):
        if not _COUNT.fullmatch(value):
            raise broken_rule("wrong-type", "a whole number belongs here", "write digits only, for example 15")
        return int(value)
    return value


def _number(value: Any) -> Any:
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            raise broken_rule("wrong-type", "a number belongs here", "write it as 5 or 5.5")
        return float(value)
    return value


def _flag(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise broken_rule("wrong-type", "yes or no belongs here", "write true or false")
        return value == "true"
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise broken_rule("wrong-type", "a date belongs here", "write it as 2026-11-22")
    return value


def _weeks(value: Any) -> Any:
    if isinstance(value, str):
        match = _WEEKS.fullmatch(value)
        if not match:
            raise broken_rule("wrong-type", "a number of weeks belongs here", "write it as '3 weeks'")
        return int(match.group(1))
    return value


def _no_html(text: str) -> str:
    if _RAW_HTML.search(text):
        raise broken_rule("raw-html", "raw HTML is not accepted in a text", "write it as plain words or Markdown")
    return text


def _written(text: str) -> str:
    if found := _PLACEHOLDER.search(text):
        message = f"'{found.group().strip()}' stands where a text is still to be written"
        raise broken_rule("placeholder", message, "write it, or take it out")
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise broken_rule(
            "wrong-type", "this text must stand on one line", "use '>-' to fold a longer text into one line"
        )
    return text


def _few_brackets(text: str) -> str:
    if sum(text.count(mark) for mark in "[(<`") > MAX_BRACKETS:
        raise broken_rule("too-many-brackets", f"more than {MAX_BRACKETS} brackets in one text", "split the text")
    return text


def _shallow(text: str) -> str:
    if _DEEP_LIST.search(text):
        raise broken_rule("too-deep", "a list stands inside a list inside a list", "write it flatter")
    return text


def _named(text: str) -> str:
    if not text[0].isalnum() and text[0] not in "\"'":
        raise broken_rule("bad-name", "a name begins with a letter or a digit", "leave the mark out")
    return text


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise broken_rule("bad-address", "this is not a web address", "write it in full, beginning with https://")
    return text


def _text(longest: int) -> StringConstraints:
    return StringConstraints(min_length=1, max_length=longest, strip_whitespace=True)


Id = Annotated[str, AfterValidator(_id)]
"""The name of a thing: the stem of its file, or a key that others refer to."""

Ref = Annotated[str, AfterValidator(_ref)]
"""An idea as `source/idea`."""

Line = Annotated[str, _text(400), AfterValidator(_one_line), AfterValidator(_no_html), AfterValidator(_written)]
"""Plain text on one line; Markdown in it is shown as typed."""

Name = Annotated[Line, AfterValidator(_named)]
"""What a thing is called; it becomes a heading."""

Address = Annotated[str, AfterValidator(_address)]
"""A web address, https only."""

Prose = Annotated[
    str,
    _text(4000),
    AfterValidator(_no_html),
    AfterValidator(_written),
    AfterValidator(_few_brackets),
    AfterValidator(_shallow),
]
"""Markdown: paragraphs, emphasis, lists and links."""

Count = Annotated[int, BeforeValidator(_count)]
"""A whole number."""

Number = Annotated[float, BeforeValidator(_number)]
"""A decimal number, never an exponent, infinity or nan."""

Flag = Annotated[bool, BeforeValidator(_flag)]
"""true or false, in exactly these words."""

Day = Annotated[date, BeforeValidator(_day)]
"""A date, written as 2026-11-22."""

Weeks = Annotated[int, BeforeValidator(_weeks)]
"""A length of time, written as `3 weeks`."""
