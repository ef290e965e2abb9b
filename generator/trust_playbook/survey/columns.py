"""Which column of an export holds which item: by id, by the item's own text, by a map, or in a tool's own order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from trust_playbook.documents import Id, Record, read_record
from trust_playbook.library.instruments import Instrument, Item
from trust_playbook.problems import Problem, did_you_mean, raise_if_any
from trust_playbook.survey.folding import fold
from trust_playbook.survey.grids import Grid
from trust_playbook.survey.layout import Column, Layout

_SUB_QUESTION_CODE = re.compile(r"(?P<question>.*)\[SQ(?P<number>[0-9]+)\]", re.DOTALL)
_ROW = re.compile(r"(?P<question>.*?)\s*\[(?P<row>[^\[\]]+)\]\s*", re.DOTALL)
_NEAR = 0.8
_LONGEST, _MOST = 300, 120


class ColumnMap(Record):
    """A file for --map: which header, or question and row, holds which item."""

    columns: Annotated[dict[str, Id], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each item stands; columns count from 1."""

    of_item: Mapping[str, int]
    titles: Mapping[str, str]
    """The header of each item's column."""
    ignored: tuple[str, ...]
    unmatched: tuple[int, ...]
    """Columns that the tool did not fill in itself and that match no item."""
    in_order: bool
    """Whether sub-question codes were matched in the order of the items."""


def read_map(path: Path, instrument: Instrument) -> ColumnMap:
    """Read a column map and check that it names items of the instrument, each once.

    Raises:
        ProblemsFound: the file is no map, or names what does not exist.
    """
    problems: list[Problem] = []
    read = read_record(path, ColumnMap, problems)
    raise_if_any(problems)
    assert read is not None
    found, document = read
    ids = [item.id for item in instrument.items]
    seen: set[str] = set()
    for header, item in found.columns.items():
        if item not in ids:
            message, hint = f"the questionnaire has no item '{item}'", did_you_mean(item, ids)
            problems.append(document.problem(("columns", header), "unknown-item", message, hint))
        elif item in seen:
            message = f"item {item} stands here twice"
            problems.append(document.problem(("columns", header), "repeated-item", message, "keep one column for it"))
        seen.add(item)
    raise_if_any(problems)
    return found


def match_columns(grid: Grid, layout: Layout, instrument: Instrument, given: ColumnMap | None = None) -> Columns:
    """Find each item's column.

    Raises:
        ProblemsFound: an item has no column or two, or the map names a column that is not there.
    """
    problems: list[Problem] = []
    of_item: dict[str, int] = {}
    mapped = _mapped(grid, layout, given, problems) if given else {}
    of_name = {fold(name): item.id for item in instrument.items for name in _names(item)}
    for column in layout.columns:
        item = mapped.get(column.number)
        if item is None and not column.own:
            item = next((of_name[fold(name)] for name in column.names if fold(name) in of_name), None)
            item = None if item in mapped.values() else item
        if item is None:
            continue
        if item in of_item:
            message = f"columns {of_item[item]} and {column.number} both hold item {item}"
            problems.append(
                grid.problem(1, column.number, "repeated-item", message, "delete one of the two columns, or use --map")
            )
        else:
            of_item[item] = column.number
    in_order = _in_order(layout, instrument, of_item)
    taken = frozenset(of_item.values())
    others = [column for column in layout.columns if column.number not in taken]
    problems.extend(_missing(grid, layout, instrument, of_item, [column for column in others if not column.own]))
    raise_if_any(problems)
    titles = {column.number: column.title for column in layout.columns}
    return Columns(
        of_item=MappingProxyType({item.id: of_item[item.id] for item in instrument.items}),
        titles=MappingProxyType({item.id: titles[of_item[item.id]] for item in instrument.items}),
        ignored=tuple(column.title for column in others),
        unmatched=() if given else tuple(column.number for column in others if not column.own),
        in_order=in_order,
    )


def holds_an_item(layout: Layout, instrument: Instrument) -> bool:
    """Return whether a table of no known tool names an item in a header, by id or by text."""
    names = {fold(name) for column in layout.columns for name in column.names}
    return any(fold(name) in names for item in instrument.items for name in _names(item))


def _names(item: Item) -> tuple[str, ...]:
    return (item.id, *((item.text,) if item.text else ()), *item.accepted)


def _mapped(grid: Grid, layout: Layout, given: ColumnMap, problems: list[Problem]) -> dict[int, str]:
    """Return the item of each column that the map names, by header or as `question.row`."""
    of_header: dict[str, int] = {}
    for column in layout.columns:
        for name in (column.title, *column.names, *_dotted(column)):
            of_header.setdefault(fold(name), column.number)
    found = {}
    for header, item in given.columns.items():
        number = of_header.get(fold(header))
        if number is None:
            message = f"no column has the header that the map gives for item {item}"
            problems.append(grid.problem(1, 1, "unknown-column", message, "copy the header from the export"))
        else:
            found[number] = item
    return found


def _dotted(column: Column) -> Iterator[str]:
    for name in (column.title, *column.names):
        if match := _ROW.fullmatch(name):
            yield f"{match['question']}.{match['row']}"


def _in_order(layout: Layout, instrument: Instrument, of_item: dict[str, int]) -> bool:
    """Match sub-question codes SQ001, SQ002 … in the order of the items, where nothing else matches."""
    coded = [(match, column) for column in layout.columns if (match := _SUB_QUESTION_CODE.fullmatch(column.names[0]))]
    if of_item or len(coded) != len(instrument.items):
        return False
    questions = list(dict.fromkeys(match["question"] for match, _ in coded))
    coded.sort(key=lambda one: (questions.index(one[0]["question"]), int(one[0]["number"])))
    of_item.update({item.id: column.number for item, (_, column) in zip(instrument.items, coded, strict=True)})
    return True


def _missing(
    grid: Grid, layout: Layout, instrument: Instrument, of_item: Mapping[str, int], others: list[Column]
) -> Iterator[Problem]:
    missing = [item for item in instrument.items if item.id not in of_item]
    if missing and len(missing) == len(instrument.items):
        message = "no column names an item of this questionnaire"
        hint = "export the question texts with the answers, or say with --map which column holds which item"
        yield grid.problem(layout.header_rows, 1, "missing-item", message, hint)
        return
    for item in missing:
        words = f"no column matches item {item.id}" + (f", \u201c{item.text}\u201d" if item.text else "")
        yield grid.problem(layout.header_rows, 1, "missing-item", words, _nearest(item, others))


def _nearest(item: Item, others: list[Column]) -> str:
    wanted = fold(item.text or item.id)

    def likeness(column: Column) -> float:
        texts = (fold(name[:_LONGEST]) for name in column.names)
        return max(SequenceMatcher(None, text, wanted, autojunk=False).ratio() for text in texts)

    found = [(likeness(column), -column.number) for column in others[:_MOST]] if item.text else []
    best, number = max(found, default=(0.0, 0))
    if best >= _NEAR:
        return f"the header of column {-number} is nearly its text; correct it, or use --map"
    return f"give its column the header {item.id}" + (" or the item's own text" if item.text else "") + ", or use --map"
