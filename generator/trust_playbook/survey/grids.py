"""An export file as rows of text cells: CSV in any usual encoding, spreadsheets, and lists of JSON answers."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, NoReturn

from trust_playbook.problems import Problem, ProblemsFound, raise_if_any

MAX_BYTES = 64 * 1024 * 1024
MAX_UNPACKED = 512 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 500
_DELIMITERS = (",", ";", "\t")
_BYTE_ORDER = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# A vertical tab and a form feed come from word processors and mean a space.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_LONGEST_CELL = 1_000_000
_TOO_WIDE = f"the export has more than {MAX_COLUMNS} columns"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_HEAD = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One row's cells; never shown, not even in a traceback."""

    number: int
    """Row in the sheet, from 1."""
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Grid:
    """How a file was read, its first rows, and all rows in turn, once."""

    path: Path
    encoding: str
    delimiter: str | None
    head: tuple[Row, ...] = field(repr=False)
    rows: Iterator[Row] = field(repr=False)

    def problem(self, row: int, column: int, code: str, message: str, hint: str | None = None) -> Problem:
        """Return a problem at a row and a column of the sheet, both from 1."""
        return Problem(str(self.path), row, column, code, message, hint)


def read_grid(path: Path) -> Grid:
    """Open an export; its rows are read as they are asked for.

    Raises:
        ProblemsFound: the file is unreadable, too large, or no table; also while rows are read.
    """
    data = _bytes_of(path)
    delimiter: str | None = None
    rows: Iterator[Row]
    if data.startswith(b"PK\x03\x04"):
        rows, encoding = _spreadsheet(path, data)
    elif data.startswith(_OLD_EXCEL):
        hint = "save it as .xlsx without a password, or as CSV in UTF-8"
        _refuse(path, "not-a-spreadsheet", "this is an old or a password-protected workbook", hint)
    elif path.suffix.lower() == ".json":
        text, encoding = _decoded(path, data)
        rows = _json(path, text)
    else:
        text, encoding = _decoded(path, data)
        delimiter = _delimiter_of(text)
        rows = _csv(path, text, delimiter)
    rows = _checked(path, rows)
    head = tuple(islice(rows, _HEAD))
    if not head:
        _refuse(path, "no-answers", "the export is empty", "export it again with its responses")
    return Grid(path, encoding, delimiter, head, chain(head, rows))


def _refuse(path: Path, code: str, message: str, hint: str | None = None, *, row: int = 1, column: int = 1) -> NoReturn:
    raise ProblemsFound((Problem(str(path), row, column, code, message, hint),))


def _bytes_of(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            _refuse(path, "not-a-file", "the export is not a regular file", "name the file that the survey tool wrote")
        if found.st_size > MAX_BYTES:
            message = f"the export is larger than {MAX_BYTES // 1024 // 1024} MiB"
            _refuse(path, "too-large", message, "export one team, and the questions of this survey only")
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror
    _refuse(path, "unreadable", f"the export cannot be read: {reason}", "check its name and who may read it")


def _decoded(path: Path, data: bytes) -> tuple[str, str]:
    """Return text and encoding: by the byte order mark, or UTF-16 by its zeros, else UTF-8, else Windows-1252."""
    encoding = next((name for mark, name in _BYTE_ORDER if data.startswith(mark)), "utf-8")
    if data[1:8:2] == b"\0\0\0\0":
        encoding = "utf-16-le"
    elif data[0:8:2] == b"\0\0\0\0":
        encoding = "utf-16-be"
    for name in (encoding, "cp1252") if encoding == "utf-8" else (encoding,):
        try:
            return data.decode(name).lstrip("\ufeff"), name
        except UnicodeDecodeError:
            continue
    hint = "export it as CSV in UTF-8"
    _refuse(path, "encoding", "the export is text in no encoding that is known here", hint)


def _delimiter_of(text: str) -> str:
    """Return the delimiter that makes most columns of the first line, and the same number in the second."""
    start = text[:100_000].lstrip("\r\n")

    def columns(delimiter: str) -> tuple[bool, int]:
        reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter, strict=True)
        widths: list[int] = []
        with suppress(csv.Error):
            widths.extend(len(row) for row in islice(reader, 2))
        width = widths[0] if widths else 0
        return widths == [width, width] and width > 1, width

    return max(_DELIMITERS, key=columns)


def _csv(path: Path, text: str, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    broken = False
    while not broken:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # Raised outside this handler, so that no cell travels in the exception's context.
            broken = True
        else:
            number += 1
            yield Row(number, tuple(cells))
    message = "a cell near here is opened by a quote and not closed, or is far too long"
    _refuse(path, "broken-quotes", message, "export the answers again as CSV", row=number + 1)


def _spreadsheet(path: Path, data: bytes) -> tuple[Iterator[Row], str]:
    from python_calamine import (  # noqa: PLC0415  # only where it is used
        CalamineError,
        CalamineWorkbook,
        SheetVisibleEnum,
    )

    kind = _kind_of(path, data)
    sheet = None
    names: list[str] = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [one.name for one in workbook.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        names = [name for name in visible if workbook.get_sheet_by_name(name).height > 0]
        sheet = workbook.get_sheet_by_name(names[0]) if names else None
    except (CalamineError, ValueError, OSError):
        sheet = None
    if sheet is None:
        hint = "save it again without a password, or as CSV in UTF-8"
        _refuse(path, "not-a-spreadsheet", "this spreadsheet has no sheet that can be read", hint)
    if len(names) > 1:
        hint = "keep the sheet with the answers and delete the others"
        _refuse(path, "several-sheets", f"this spreadsheet has {len(names)} sheets with content", hint)
    indent = ("",) * (sheet.start[1] if sheet.start else 0)
    rows = enumerate(sheet.iter_rows(), start=1)
    return (Row(number, (*indent, *map(_as_text, values))) for number, values in rows), kind


def _kind_of(path: Path, data: bytes) -> str:
    """Return xlsx or ods, after a look at what an archive would unpack to and how far its cells reach."""
    found: dict[str, int] = {}
    farthest = 0, 0
    with (
        suppress(zipfile.BadZipFile, ValueError, OSError, NotImplementedError),
        zipfile.ZipFile(io.BytesIO(data)) as box,
    ):
        found = {entry.filename: entry.file_size for entry in box.infolist()}
        if sum(found.values()) > MAX_UNPACKED:
            message = f"the export unpacks to more than {MAX_UNPACKED // 1024 // 1024} MiB"
            _refuse(path, "too-large", message, "export one team, and the questions of this survey only")
        for name in found:
            if name.startswith("xl/worksheets/"):
                cells = _CELL.findall(box.read(name))
                farthest = (
                    max([farthest[0], *(int(row) for _, row in cells)]),
                    max([farthest[1], *(_column(letters) for letters, _ in cells)]),
                )
    kind = "xlsx" if "xl/workbook.xml" in found else "ods" if "content.xml" in found else None
    if kind is None:
        hint = "unpack an archive first; save a spreadsheet again as .xlsx, or as CSV in UTF-8"
        _refuse(path, "not-a-spreadsheet", "this is an archive and not a spreadsheet", hint)
    if farthest[0] > MAX_ROWS + _HEAD:
        message = f"the export has more than {MAX_ROWS:,} rows"
        _refuse(path, "too-many-rows", message, "delete what stands far below the answers", row=farthest[0])
    if farthest[1] > MAX_COLUMNS:
        _refuse(path, "too-many-columns", _TOO_WIDE, "delete what stands far to the right", column=farthest[1])
    return kind


def _column(letters: bytes) -> int:
    """Return the number of a column from its letters, A being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _as_text(value: Any) -> str:
    """Return a spreadsheet's value as a form would have written it: whole numbers without a fraction."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _json(path: Path, text: str) -> Iterator[Row]:
    """Yield a list of answers as a header row and a row each; nested answers become `question.row`."""
    try:
        answers = json.loads(text)
    except (ValueError, RecursionError):
        answers = None
    if not isinstance(answers, list) or not all(isinstance(one, dict) for one in answers):
        hint = "a SurveyJS export is a list of objects, one for each person"
        _refuse(path, "not-a-list", "this JSON is not a list of answers", hint)
    flat = [dict(_flat(one, "")) for one in answers]
    header = tuple(dict.fromkeys(key for one in flat for key in one))
    yield Row(1, header)
    for number, one in enumerate(flat, start=2):
        yield Row(number, tuple(one.get(key, "") for key in header))


def _flat(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        yield name, ", ".join(map(str, value))
    else:
        yield name, "" if value is None else _as_text(value)


def _checked(path: Path, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows that hold something, each as wide as the first; refuse what cannot be trusted."""
    width: int | None = None
    for row in rows:
        if row.number > MAX_ROWS + _HEAD:
            message = f"the export has more than {MAX_ROWS:,} rows"
            _refuse(path, "too-many-rows", message, "import one team at a time", row=row.number)
        if not any(cell.strip() for cell in row.cells) or (width is None and _names_a_delimiter(row)):
            continue
        if width is None:
            width = len(row.cells)
            if width > MAX_COLUMNS:
                _refuse(path, "too-many-columns", _TOO_WIDE, "export the questions of this survey only")
        raise_if_any(_row_problems(path, row, width))
        yield row if len(row.cells) == width else Row(row.number, row.cells[:width])


def _names_a_delimiter(row: Row) -> bool:
    """Return whether a first line only tells Excel which mark separates the cells."""
    return row.number == 1 and row.cells[0].strip().lower() in ("sep=", "sep=;", "sep=,") and not any(row.cells[1:])


def _row_problems(path: Path, row: Row, width: int) -> Iterator[Problem]:
    if len(row.cells) < width or any(cell.strip() for cell in row.cells[width:]):
        message = f"row {row.number} has {len(row.cells)} cells, the header has {width}"
        hint = "a comma or a quote inside an answer was not exported properly; export it again"
        yield Problem(str(path), row.number, 1, "ragged-row", message, hint)
    for column, cell in enumerate(row.cells, start=1):
        if _CONTROL.search(cell):
            message = f"row {row.number}, column {column} holds a control character"
            yield Problem(str(path), row.number, column, "control-character", message, "export the answers again")
