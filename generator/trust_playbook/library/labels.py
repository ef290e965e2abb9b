"""What content/labels/<language>.yml says: the words of answers, and of survey tools, in one language."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from trust_playbook.documents import Line, Name, Record, broken_rule
from trust_playbook.library.practices import Lines

ToolColumn = Literal[
    "timestamp",
    "start-time",
    "completion-time",
    "email",
    "name",
    "last-modified-time",
    "response-id",
    "date-submitted",
    "last-page",
    "start-language",
    "seed",
    "date-started",
    "date-last-action",
]
Point = Annotated[tuple[Line, ...], Field(min_length=1, max_length=8)]


class LabelScale(Record):
    """The words for each point of one kind of scale, lowest first; several words may name a point."""

    direction: Literal["agreement-rises", "frequency-rises", "accuracy-rises"]
    anchors: Annotated[tuple[Point, ...], Field(min_length=2, max_length=11)]


def _once_in_a_scale(scales: tuple[LabelScale, ...]) -> tuple[LabelScale, ...]:
    """Refuse a word that names two points of scales with one number of points and one direction."""
    seen: dict[tuple[str, int, str], int] = {}
    for index, scale in enumerate(scales):
        for place, words in enumerate(scale.anchors):
            for word in words:
                key = (scale.direction, len(scale.anchors), word.casefold())
                if seen.setdefault(key, place) != place:
                    message = f"'{word}' names two points of a scale of {len(scale.anchors)}"
                    raise broken_rule("label-twice", message, "keep it at one of them", index, "anchors", place)
    return scales


class Labels(Record):
    """content/labels/<language>.yml."""

    language: Name
    missing: Annotated[tuple[Line, ...], Field(min_length=1, max_length=40)]
    """What people choose or forms write where no answer is given."""
    columns: dict[ToolColumn, Lines]
    """What survey tools call their own columns."""
    scales: Annotated[tuple[LabelScale, ...], Field(min_length=1), AfterValidator(_once_in_a_scale)]
