"""An export file as a table of text, refused as a whole when its shape cannot be trusted."""

from __future__ import annotations

import csv
import io
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from trust_playbook.problems import Problem, capped, raise_if_any

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 500
_DELIMITERS = (",", ";", "\t")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One respondent's cells; never shown, not even in a traceback."""

    number: int
    """Row in the sheet, the header being row 1."""
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Header and rows of an export, and how they were read."""

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)

    def problem(self, row: int, column: int, code: str, message: str, hint: str | None = None) -> Problem:
        """Return a problem at a row and a column of the sheet, both from 1."""
        return Problem(str(self.path), row, column, code, message, hint)


def read_table(path: Path) -> Table:
    """Read a CSV export.

    Raises:
        ProblemsFound: the file is unreadable, too large, not UTF-8, or not a table.
    """
    text, encoding = _text_of(path)
    delimiter = _delimiter_of(text)
    rows: list[Row] = []
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MAX_ROWS + 1:
                message = f"the export has more than {MAX_ROWS:,} rows"
                raise_if_any([Problem(str(path), number, 1, "too-many-rows", message, "import one team at a time")])
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, tuple(cells)))
    except csv.Error:
        message = "a cell near here is opened by a quote and not closed, or is far too long"
        problems.append(Problem(str(path), number + 1, 1, "broken-quotes", message, "export the answers again as CSV"))
    raise_if_any(problems)
    if len(rows) < 2:  # noqa: PLR2004  # a header and one answer
        message = "the export holds no answers" if rows else "the export is empty"
        raise_if_any([Problem(str(path), 1, 1, "no-answers", message, "export it again with its responses")])
    raise_if_any(capped(list(_shape_problems(path, rows))))
    return Table(path, encoding, delimiter, rows[0].cells, tuple(rows[1:]))


def _text_of(path: Path) -> tuple[str, str]:
    def refuse(code: str, message: str, hint: str | None = None) -> None:
        raise_if_any([Problem(str(path), 1, 1, code, message, hint)])

    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            refuse("not-a-file", "the export is not a regular file")
        if found.st_size > MAX_BYTES:
            refuse("too-large", f"the export is larger than {MAX_BYTES // 1024 // 1024} MiB")
        data = path.read_bytes()
    except OSError as error:
        refuse("unreadable", f"the export cannot be read: {error.strerror}")
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        refuse("encoding", "the export is not a UTF-8 text file", "export it as CSV in UTF-8")
        raise AssertionError from None  # refuse() has raised; the bytes must not travel in this exception


def _delimiter_of(text: str) -> str:
    text = text.lstrip("\r\n")

    def columns(delimiter: str) -> int:
        try:
            return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), []))
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=columns)


def _shape_problems(path: Path, rows: list[Row]) -> Iterator[Problem]:
    width = len(rows[0].cells)
    if width > MAX_COLUMNS:
        yield Problem(str(path), 1, 1, "too-many-columns", f"the export has more than {MAX_COLUMNS} columns")
        return
    for row in rows:
        if len(row.cells) != width:
            message = f"row {row.number} has {len(row.cells)} cells, the header has {width}"
            hint = "a comma or a quote inside an answer was not exported properly; export it again"
            yield Problem(str(path), row.number, 1, "ragged-row", message, hint)
        for column, cell in enumerate(row.cells, start=1):
            if _CONTROL.search(cell):
                message = f"row {row.number}, column {column} holds a control character"
                yield Problem(str(path), row.number, column, "control-character", message, "export the answers again")
