"""An export file and an instrument → answers: the tool recognised, its columns matched, its cells read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from trust_playbook.library.instruments import Instrument
from trust_playbook.library.labels import Labels
from trust_playbook.problems import ProblemsFound
from trust_playbook.survey.answers import Answers, Counts, read_answers, vocabulary
from trust_playbook.survey.columns import ColumnMap, Columns, holds_an_item, match_columns
from trust_playbook.survey.folding import fold
from trust_playbook.survey.grids import Grid, read_grid
from trust_playbook.survey.layout import Layout
from trust_playbook.survey.layouts import TOOL_COLUMNS, plain, recognise


@dataclass(frozen=True, slots=True)
class Export:
    """An export as it was read."""

    grid: Grid
    layout: Layout
    columns: Columns
    answers: Answers
    counts: Counts


def read_export(
    path: Path,
    instrument: Instrument,
    labels: Collection[Labels],
    given: ColumnMap | None = None,
    *,
    reversed_scale: bool = False,
) -> Export:
    """Read an export of any known tool.

    Raises:
        ProblemsFound: the file cannot be read as this instrument; no message repeats a cell.
    """
    grid = read_grid(path)
    layout = _layout(grid, instrument, tuple(labels), mapped=given is not None)
    columns = match_columns(grid, layout, instrument, given)
    words = vocabulary(instrument, labels, codes=layout.codes, reversed_scale=reversed_scale)
    answers, counts = read_answers(grid, layout, columns, words)
    if counts.kept == 0:
        dropped = ", ".join(f"{count} {reason}" for reason, count in counts.dropped.items())
        hint = f"left out: {dropped}" if dropped else "export it again with its responses"
        raise ProblemsFound((grid.problem(1, 1, "no-answers", "the export holds no finished answers", hint),))
    return Export(grid, layout, columns, answers, counts)


def _layout(grid: Grid, instrument: Instrument, labels: Sequence[Labels], *, mapped: bool) -> Layout:
    words: dict[str, set[str]] = {name: {name} for name in TOOL_COLUMNS}
    for one in labels:
        for name, texts in one.columns.items():
            words[name.replace("-", " ")].update(map(fold, texts))
    found = recognise(grid.head, {name: frozenset(texts) for name, texts in words.items()})
    if found is not None:
        return found
    table = plain(grid.head[0], "surveyjs" if grid.path.suffix.lower() == ".json" else "template")
    if mapped or holds_an_item(table, instrument):
        return table
    hint = (
        "export it as CSV or XLSX from a tool that is listed in the README, or say with --map which column holds what"
    )
    raise ProblemsFound((grid.problem(1, 1, "unknown-export", "this export's layout is not known", hint),))
