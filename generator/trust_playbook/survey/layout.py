"""How an export is laid out: header rows, columns with the texts that may name an item, rows to leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from trust_playbook.survey.folding import fold
from trust_playbook.survey.grids import Row

BRACKETED = re.compile(r"(?P<question>.*)\[(?P<row>[^\[\]]+)\]\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the texts that may name an item, and whether the tool itself filled it in."""

    number: int
    title: str
    names: tuple[str, ...]
    own: bool = False
    """Written by the tool and never an answer: times, addresses, names, codes of respondents."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Rows to leave out: those whose cell in a column passes a test."""

    column: int
    test: Callable[[str], bool] = field(repr=False)
    reason: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What an export's signature says about it."""

    tool: str
    header_rows: int
    columns: tuple[Column, ...]
    drops: tuple[Drop, ...] = ()
    identity: int | None = None
    """The column that tells one respondent from another, an e-mail address for example."""
    codes: bool = False
    """Whether answers may be codes that count from one, such as AO03."""


def numbered(row: Row) -> Sequence[tuple[int, str]]:
    """Return a row's cells with their columns, from 1."""
    return list(enumerate(row.cells, start=1))


def names_of(header: str) -> tuple[str, ...]:
    """Return a header and, for a row of a grid, that row's own text."""
    grid = BRACKETED.fullmatch(header)
    return (header, grid["row"]) if grid else (header,)


def places_of(header: Row) -> dict[str, int]:
    """Return the first column of each folded header."""
    found: dict[str, int] = {}
    for number, cell in numbered(header):
        found.setdefault(fold(cell), number)
    return found


def own_columns(header: Row, own: frozenset[str]) -> tuple[Column, ...]:
    """Return the columns of a header, those in `own` as the tool's."""
    return tuple(Column(number, cell, names_of(cell), fold(cell) in own) for number, cell in numbered(header))
