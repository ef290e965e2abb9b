"""Cells → points of the scale: numbers, words in the languages that label files know, a tool's codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from trust_playbook.library.instruments import Instrument, ResponseScale
from trust_playbook.library.labels import Labels
from trust_playbook.problems import Problem, capped, raise_if_any
from trust_playbook.survey.columns import Columns
from trust_playbook.survey.folding import fold
from trust_playbook.survey.grids import Grid, Row
from trust_playbook.survey.layout import Layout

_POINT = re.compile(r"(0|[1-9][0-9]?)(?:\.0+)?")
_CODE = re.compile(r"a[a-z]?0*([1-9][0-9]?)")
_BOTH = re.compile(r"(?P<number>0|[1-9][0-9]?)\s*(?:[-:.=)(]\s*|\s)(?P<word>[^\d\s].*?)\)?")
_BOTH_BACK = re.compile(r"(?P<word>.*?[^\d\s])\s*[-(]\s*(?P<number>0|[1-9][0-9]?)\)?")
_ENOUGH = 5
# What tells people apart: an address, or a code with a digit in it; "anonymous" and "none" do not.
_NAMES_ONE = re.compile(r"@|[0-9]")


@dataclass(frozen=True, slots=True)
class Answers:
    """Raw points of the scale, one row a respondent, one column an item in the instrument's order."""

    items: tuple[str, ...]
    rows: tuple[tuple[int | None, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were read, and which were left out for which reason."""

    read: int
    dropped: Mapping[str, int]
    repeated: int
    """Rows that repeat another in every cell, the time included: perhaps one person, sent twice."""
    unused: tuple[int, ...] = ()
    """Points of the scale that nobody used, where there are answers enough to wonder."""
    unanswered: tuple[str, ...] = ()
    """Items that nobody answered."""

    @property
    def kept(self) -> int:
        """The respondents that remain."""
        return self.read - sum(self.dropped.values())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which words name which point of one response scale."""

    scale: ResponseScale
    points: Mapping[str, int]
    """Folded words of this scale, in every language that is known."""
    languages: Mapping[str, frozenset[str]]
    """The languages in which a word of this scale is known."""
    elsewhere: Mapping[str, int]
    """Folded words of other scales, with the number of their points."""
    missing: frozenset[str]
    codes: bool
    reversed_scale: bool

    @property
    def accepted(self) -> str:
        """What may stand in a cell, in words."""
        first, last = self.scale.anchors[0], self.scale.anchors[-1]
        return f"accepted: {self.scale.min} to {self.scale.max}, or the words from '{first}' to '{last}'"

    def point(self, cell: str) -> int | str | None:
        """Return a cell's point, None where it is no answer, or a word for what is wrong with it."""
        folded = fold(cell)
        if folded in self.missing:
            return None
        if number := _POINT.fullmatch(folded):
            return self._counted(int(number[1]))
        if folded in self.points:
            return self.points[folded]
        if self.codes and (code := _CODE.fullmatch(folded)):
            return self._counted(self.scale.min + int(code[1]) - 1)
        if both := _BOTH.fullmatch(folded) or _BOTH_BACK.fullmatch(folded):
            if both["word"] in self.missing:
                return None
            word = self.points.get(both["word"])
            if word is None:
                return self._unknown(both["word"])
            return word if self._counted(int(both["number"])) == word else "contradiction"
        return self._unknown(folded)

    def _counted(self, number: int) -> int | str:
        """Return a number of the scale; on a reversed one numbers run from the last anchor to the first."""
        if not self.scale.min <= number <= self.scale.max:
            return "zero" if number == 0 else "off-scale"
        return self.scale.min + self.scale.max - number if self.reversed_scale else number

    def _unknown(self, folded: str) -> str:
        return "other-scale" if folded in self.elsewhere else "unknown"


def vocabulary(
    instrument: Instrument, labels: Iterable[Labels], *, codes: bool = False, reversed_scale: bool = False
) -> Vocabulary:
    """Return the words for an instrument's scale: its own anchors, and those of every language's label file."""
    scale = instrument.scale
    size = scale.max - scale.min + 1
    points: dict[str, int] = {}
    elsewhere: dict[str, int] = {}
    missing = {""}
    languages: dict[str, set[str]] = {}
    for one in labels:
        missing.update(map(fold, one.missing))
        for known in one.scales:
            fits = len(known.anchors) == size and known.direction == scale.direction
            for place, words in enumerate(known.anchors):
                for word in words:
                    if fits:
                        points.setdefault(fold(word), scale.min + place)
                        languages.setdefault(fold(word), set()).add(one.language)
                    else:
                        elsewhere[fold(word)] = len(known.anchors)
    points.update({fold(anchor): scale.min + place for place, anchor in enumerate(scale.anchors)})
    spoken = {word: frozenset(found) for word, found in languages.items()}
    return Vocabulary(scale, points, spoken, elsewhere, frozenset(missing), codes, reversed_scale)


def read_answers(grid: Grid, layout: Layout, columns: Columns, words: Vocabulary) -> tuple[Answers, Counts]:
    """Read every respondent's points, and drop what the tool marks as no answer of its own.

    Of several rows with one identity the last is kept, and the identity forgotten.

    Raises:
        ProblemsFound: a cell names no point of the scale, or a column holds answers and matches no item;
            the message never repeats the cell.
    """
    reader = _Reader(grid, layout, columns, words)
    for row in grid.rows:
        if row.number > grid.head[layout.header_rows - 1].number:
            reader.take(row)
    return reader.result()


class _Reader:
    def __init__(self, grid: Grid, layout: Layout, columns: Columns, words: Vocabulary) -> None:
        self._grid, self._layout, self._words = grid, layout, words
        self._of_item = columns.of_item
        self._might_be_items = dict.fromkeys(columns.unmatched, False)
        self._points: dict[str, int | str | None] = {}
        self._rows: dict[int, tuple[int | None, ...]] = {}
        self._of_person: dict[str, int] = {}
        self._seen: set[int] = set()
        self._dropped: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._read = self._taken = 0

    def take(self, row: Row) -> None:
        """Read one row."""
        self._read += 1
        reason = next((one.reason for one in self._layout.drops if one.test(row.cells[one.column - 1])), None)
        if reason is not None:
            self._dropped[reason] += 1
            return
        self._taken += 1
        self._seen.add(hash(row.cells))
        points = tuple(self._point(row, item, column) for item, column in self._of_item.items())
        if self._one_row_a_person(row, answered=any(point is not None for point in points)):
            self._rows[row.number] = points
        for column in list(self._might_be_items):
            point = self._cached(row.cells[column - 1])
            if isinstance(point, str):
                del self._might_be_items[column]
            elif point is not None:
                self._might_be_items[column] = True

    def _one_row_a_person(self, row: Row, *, answered: bool) -> bool:
        """Return whether a row counts; of a person's rows the last one with answers does."""
        if self._layout.identity is None:
            return True
        person = fold(row.cells[self._layout.identity - 1])
        if person in self._words.missing or not _NAMES_ONE.search(person):
            return True
        earlier = self._of_person.get(person)
        if earlier is not None:
            self._dropped["duplicate respondent"] += 1
            if not answered:
                return False
            del self._rows[earlier]
        self._of_person[person] = row.number
        return True

    def _cached(self, cell: str) -> int | str | None:
        if cell not in self._points:
            self._points[cell] = self._words.point(cell)
        return self._points[cell]

    def _point(self, row: Row, item: str, column: int) -> int | None:
        point = self._cached(row.cells[column - 1])
        if not isinstance(point, str):
            return point
        message, hint = _complaint(point, self._words)
        place = f"row {row.number}, column {column} (item {item}) {message}"
        self._problems.append(self._grid.problem(row.number, column, "off-scale", place, hint))
        return None

    def result(self) -> tuple[Answers, Counts]:
        """Return the answers, or raise everything that was wrong."""
        raise_if_any(capped(self._problems))
        stray = [column for column, answered in self._might_be_items.items() if answered]
        hint = "delete the column, correct its header to the item's text or id, or use --map"
        raise_if_any(
            self._grid.problem(
                self._layout.header_rows, column, "unknown-column",
                f"column {column} holds answers on the scale but matches no item", hint,
            )
            for column in stray
        )  # fmt: skip
        raise_if_any(self._mixed_words())
        # Only where a tool wrote a time can equal rows mean one answer sent twice.
        timed = any(column.own for column in self._layout.columns)
        repeated = self._taken - len(self._seen) if timed else 0
        counts = Counts(self._read, dict(sorted(self._dropped.items())), repeated, *self._gaps())
        return Answers(tuple(self._of_item), tuple(self._rows.values())), counts

    def _mixed_words(self) -> Iterator[Problem]:
        """Yield where two words of one language stand for one point: the form had more points than this scale."""
        of_point: dict[int, list[str]] = {}
        for cell, point in self._points.items():
            folded = fold(cell)
            if isinstance(point, int) and folded in self._words.languages:
                of_point.setdefault(point, []).append(folded)
        for point, found in sorted(of_point.items()):
            tongues = Counter(tongue for word in set(found) for tongue in self._words.languages[word])
            if any(count > 1 for count in tongues.values()):
                message = f"two different words stand for point {point} of the scale"
                hint = "the form seems to have had another number of points; " + self._words.accepted
                yield self._grid.problem(self._layout.header_rows, 1, "mixed-words", message, hint)

    def _gaps(self) -> tuple[tuple[int, ...], tuple[str, ...]]:
        scale, rows = self._words.scale, list(self._rows.values())
        used = Counter(point for row in rows for point in row if point is not None)
        points = range(scale.min, scale.max + 1)
        enough = used.total() >= _ENOUGH * len(points)
        unused = tuple(point for point in points if point not in used) if enough else ()
        return unused, tuple(item for at, item in enumerate(self._of_item) if all(row[at] is None for row in rows))


def _complaint(what: str, words: Vocabulary) -> tuple[str, str]:
    scale = words.scale
    if what == "zero":
        hint = f"if the codes run from 0 to {scale.max - scale.min}, add {scale.min} to each before you import"
        return f"is 0, and the scale begins at {scale.min}", hint
    if what == "contradiction":
        return "gives a number and a word that do not belong together", words.accepted
    if what == "other-scale":
        size = scale.max - scale.min + 1
        return f"names a point of another scale; this questionnaire's has {size} points", words.accepted
    return "is not a point of the scale", words.accepted
