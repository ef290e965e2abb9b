"""Which column of an export holds which item, and which point of the scale a cell names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from types import MappingProxyType

from trust_playbook.library.instruments import Instrument, Item, ResponseScale
from trust_playbook.problems import Problem, capped, raise_if_any
from trust_playbook.survey.tables import Table

_GRID_ROW = re.compile(r".*\[(.+)\]\s*", re.DOTALL)
_POINT = re.compile(r"0|[1-9][0-9]?")
_SPELLINGS = (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ise ", "ize "), ("ises", "izes"))
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"})
MISSING = frozenset(
    {"", "n/a", "na", "-", "don't know", "cannot say", "can't say", "prefer not to say", "not applicable"}
)
_NEAR = 0.8
_TIMESTAMP = "timestamp"
GOOGLE_FORMS = "google-forms"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each item stands; columns count from 1."""

    tool: str
    of_item: Mapping[str, int]
    ignored: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """Raw points of the scale, one row a respondent, one column an item in the instrument's order."""

    items: tuple[str, ...]
    rows: tuple[tuple[int | None, ...], ...] = field(repr=False)


def fold(text: str) -> str:
    """Return a text as it is compared: one form of letters, spaces, case, quotes and -ise/-ize."""
    folded = " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().split()) + " "
    for british, american in _SPELLINGS:
        folded = folded.replace(british, american)
    return folded.strip().rstrip(".")


def match_columns(table: Table, instrument: Instrument) -> Columns:
    """Find each item's column by its id or its text.

    Raises:
        ProblemsFound: an item has no column or two, or a column with answers on the scale is no item's.
    """
    ids = {item.id for item in instrument.items}
    of_text = {fold(text): item.id for item in instrument.items for text in _names(item)}
    of_item: dict[str, int] = {}
    others: list[int] = []
    problems: list[Problem] = []
    for column, header in enumerate(table.header, start=1):
        grid = _GRID_ROW.fullmatch(header)
        item = of_text.get(fold(header)) or (of_text.get(fold(grid.group(1))) if grid else None)
        if item is None:
            others.append(column)
        elif item in of_item:
            message = f"columns {of_item[item]} and {column} both hold item {item}"
            problems.append(table.problem(1, column, "repeated-item", message, "delete one of the two columns"))
        else:
            of_item[item] = column
    tool = _tool(table, ids)
    if tool is None:
        hint = "the first column of a Google Forms export is 'Timestamp'; a plain template has the item ids as headers"
        problems.append(table.problem(1, 1, "unknown-export", "this export's layout is not known", hint))
    problems.extend(_unmatched(table, instrument, of_item, others))
    raise_if_any(problems)
    ordered = {item.id: of_item[item.id] for item in instrument.items}
    return Columns(str(tool), MappingProxyType(ordered), tuple(table.header[column - 1] for column in others))


def _names(item: Item) -> tuple[str, ...]:
    return (item.id, *((item.text,) if item.text else ()), *item.accepted)


def _tool(table: Table, ids: set[str]) -> str | None:
    if fold(table.header[0]) == _TIMESTAMP:
        return GOOGLE_FORMS
    return "template" if ids <= {header.strip() for header in table.header} else None


def _unmatched(
    table: Table, instrument: Instrument, of_item: Mapping[str, int], others: list[int]
) -> Iterator[Problem]:
    missing = [item for item in instrument.items if item.id not in of_item]
    answered = [column for column in others if _holds_points(table, instrument.scale, column)]
    for column in answered:
        yield table.problem(
            1,
            column,
            "unknown-column",
            f"column {column} holds answers but matches no item",
            _nearest(table.header[column - 1], instrument),
        )
    for item in missing:
        words = f"no column matches item {item.id}" + (f", \u201c{item.text}\u201d" if item.text else "")
        hint = f"give its column the header {item.id}" + (" or the item's own text" if item.text else "")
        yield table.problem(1, 1, "missing-item", words, hint)


def _holds_points(table: Table, scale: ResponseScale, column: int) -> bool:
    cells = [row.cells[column - 1] for row in table.rows if fold(row.cells[column - 1]) not in MISSING]
    return bool(cells) and all(point_of(cell, scale) is not None for cell in cells)


def _nearest(header: str, instrument: Instrument) -> str:
    def likeness(text: str) -> float:
        return SequenceMatcher(None, fold(header), fold(text), autojunk=False).ratio()

    best = max(instrument.items, key=lambda item: (likeness(item.text or item.id), item.id))
    if best.text and likeness(best.text) >= _NEAR:
        return f"its header is nearly item {best.id}, \u201c{best.text}\u201d; correct it in the export"
    return "delete the column, or correct its header to the item's text or id"


def point_of(cell: str, scale: ResponseScale, *, reversed_scale: bool = False) -> int | None:
    """Return the point of the scale that a cell names by number or by anchor, else None.

    On a reversed scale numbers run from the last anchor to the first; words mean what they say.
    """
    text = cell.strip(" \t\u00a0")
    if _POINT.fullmatch(text):
        point = int(text)
        if not scale.min <= point <= scale.max:
            return None
        return scale.min + scale.max - point if reversed_scale else point
    folded = fold(cell)
    anchors = [fold(anchor) for anchor in scale.anchors]
    return scale.min + anchors.index(folded) if folded in anchors else None


def repeats(table: Table, columns: Columns) -> int:
    """Count rows that repeat another in every cell, where a time stamp should tell answers apart."""
    if columns.tool != GOOGLE_FORMS:
        return 0
    return len(table.rows) - len({row.cells for row in table.rows})


def read_answers(table: Table, columns: Columns, instrument: Instrument, *, reversed_scale: bool = False) -> Answers:
    """Return every respondent's points.

    Raises:
        ProblemsFound: a cell names no point of the scale; the message never repeats the cell.
    """
    problems: list[Problem] = []
    rows: list[tuple[int | None, ...]] = []
    scale = instrument.scale
    accepted = f"accepted: {scale.min} to {scale.max}, or the words from '{scale.anchors[0]}' to '{scale.anchors[-1]}'"
    for row in table.rows:
        points: list[int | None] = []
        for item, column in columns.of_item.items():
            cell = row.cells[column - 1]
            point = None if fold(cell) in MISSING else point_of(cell, scale, reversed_scale=reversed_scale)
            if point is None and fold(cell) not in MISSING:
                message = f"row {row.number}, column {column} (item {item}) is not a point of the scale"
                problems.append(table.problem(row.number, column, "off-scale", message, accepted))
            points.append(point)
        rows.append(tuple(points))
    raise_if_any(capped(problems))
    return Answers(tuple(columns.of_item), tuple(rows))
