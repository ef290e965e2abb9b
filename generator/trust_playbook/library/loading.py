"""content/ → Library: every file read, then every reference between them checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from trust_playbook.documents import ID_PATTERN, Document, Loc, Record, read_record
from trust_playbook.library import records
from trust_playbook.library.practices import Need, Practice
from trust_playbook.problems import Problem, did_you_mean, raise_if_any

RecordT = TypeVar("RecordT", bound=Record)
ThingT = TypeVar("ThingT")
MAX_FILES = 5_000


@dataclass(frozen=True, slots=True)
class Library:
    """All content, by id; mappings are in the order of their ids."""

    info: records.LibraryInfo
    dimensions: Mapping[str, records.Dimension]
    practices: Mapping[str, Practice]
    instruments: Mapping[str, records.Instrument]
    sources: Mapping[str, records.Source]
    roles: Mapping[str, records.RoleGuide]
    currencies: Mapping[str, records.Currency]
    levels: tuple[records.Level, ...]
    pages: records.Pages

    def level_of(self, mean: float) -> records.Level:
        """Return the stage that a mean on 1 to 7 has reached."""
        reached = [level for level in self.levels if mean >= level.at_least - 1e-9]
        return reached[-1] if reached else self.levels[0]

    def level_at(self, value: float, low: int, high: int) -> records.Level:
        """Return the stage that a value on another scale, from `low` to `high`, has reached."""
        return self.level_of(1 + (value - low) * 6 / (high - low))


@dataclass(frozen=True, slots=True)
class _Files(Generic[RecordT]):
    """The records of one folder with their documents, for messages that need a place."""

    records: Mapping[str, RecordT]
    documents: Mapping[str, Document]


def load_library(folder: Path) -> Library:
    """Read and check a content folder.

    Raises:
        ProblemsFound: everything that is wrong in any file, or between files.
    """
    problems: list[Problem] = []
    info = _one(folder / "library.yml", records.LibraryInfo, problems)
    levels = _one(folder / "levels.yml", records.Levels, problems)
    currencies = _one(folder / "currencies.yml", records.Currencies, problems)
    pages = _one(folder / "pages.yml", records.Pages, problems)
    dimensions = _folder(folder / "dimensions", records.Dimension, problems)
    practices = _folder(folder / "practices", Practice, problems)
    instruments = _folder(folder / "instruments", records.Instrument, problems)
    sources = _folder(folder / "sources", records.Source, problems)
    roles = _folder(folder / "roles", records.RoleGuide, problems)
    raise_if_any(problems)
    # A file that is missing or broken has been reported above.
    assert info
    assert levels
    assert currencies
    assert pages
    check = _References(
        dimensions=frozenset(dimensions.records),
        practices=frozenset(practices.records),
        sources=frozenset(sources.records),
        ideas=frozenset(f"{id}/{idea}" for id, source in sources.records.items() for idea in source.ideas),
        levels=tuple(level.id for level in levels[0].levels),
    )
    for id, practice in practices.records.items():
        problems.extend(check.practice(practices.documents[id], practice))
    for id, dimension in dimensions.records.items():
        problems.extend(check.dimension(dimensions.documents[id], dimension))
    for id, instrument in instruments.records.items():
        problems.extend(check.instrument(instruments.documents[id], instrument))
    for id, guide in roles.records.items():
        for index, aspect in enumerate(guide.aspects):
            problems.extend(check.grounds(roles.documents[id], aspect.grounds, ("aspects", index)))
    for index, currency in enumerate(currencies[0].currencies):
        problems.extend(check.grounds(currencies[1], currency.grounds, ("currencies", index)))
    problems.extend(check.routing(info[1], info[0].routing))
    raise_if_any(problems)
    return Library(
        info=info[0],
        dimensions=dimensions.records,
        practices=practices.records,
        instruments=instruments.records,
        sources=sources.records,
        roles=roles.records,
        currencies=MappingProxyType({currency.id: currency for currency in currencies[0].currencies}),
        levels=levels[0].levels,
        pages=pages[0],
    )


def _one(path: Path, record_type: type[RecordT], problems: list[Problem]) -> tuple[RecordT, Document] | None:
    if not path.exists():
        hint = "a content folder holds library.yml, levels.yml, currencies.yml and pages.yml; see --content"
        problems.append(Problem(str(path), 1, 1, "missing-file", "this file is missing", hint))
        return None
    return read_record(path, record_type, problems)


def _folder(folder: Path, record_type: type[RecordT], problems: list[Problem]) -> _Files[RecordT]:
    found: dict[str, RecordT] = {}
    documents: dict[str, Document] = {}
    for path in _yaml_files(folder, problems):
        if (read := read_record(path, record_type, problems)) is not None:
            found[path.stem], documents[path.stem] = read
    return _Files(MappingProxyType(found), MappingProxyType(documents))


def _yaml_files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    if len(paths) > MAX_FILES:
        problems.append(Problem(str(folder), 1, 1, "too-many-files", f"more than {MAX_FILES:,} files in one folder"))
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        if path.suffix != ".yml":
            hint = "content holds .yml files only; rename or move it"
            problems.append(Problem(str(path), 1, 1, "foreign-file", "this file does not belong here", hint))
        elif not ID_PATTERN.fullmatch(path.stem):
            hint = "use lower-case letters, digits and single hyphens"
            problems.append(Problem(str(path), 1, 1, "bad-id", f"'{path.stem}' cannot be an id", hint))
        else:
            yield path


@dataclass(frozen=True, slots=True)
class _References:
    """The ids that exist, and the checks that others name only these."""

    dimensions: frozenset[str]
    practices: frozenset[str]
    sources: frozenset[str]
    ideas: frozenset[str]
    levels: tuple[str, ...]

    def practice(self, document: Document, practice: Practice) -> Iterator[Problem]:
        for id in practice.dimensions:
            yield from _unknown(document, ("dimensions", id), "dimension", id, self.dimensions, at_key=True)
        for index, claim in enumerate(practice.evidence.claims):
            yield from _unknown(document, ("evidence", "claims", index, "source"), "source", claim.source, self.sources)
        for index, id in enumerate(practice.related):
            yield from _unknown(document, ("related", index), "practice", id, self.practices)
        for index, need in enumerate(practice.needs):
            yield from self._need(document, need, ("needs", index))
        yield from self.grounds(document, practice.grounds, ())

    def _need(self, document: Document, need: Need, loc: Loc) -> Iterator[Problem]:
        if need.practice is not None:
            yield from _unknown(document, (*loc, "practice"), "practice", need.practice, self.practices)
        if need.dimension is not None:
            yield from _unknown(document, (*loc, "dimension"), "dimension", need.dimension, self.dimensions)
        for index, inner in enumerate(need.any or ()):
            yield from self._need(document, inner, (*loc, "any", index))

    def dimension(self, document: Document, dimension: records.Dimension) -> Iterator[Problem]:
        named = tuple(text.level for text in dimension.levels)
        if named != self.levels:
            hint = "in this order: " + ", ".join(self.levels)
            yield document.problem(("levels",), "levels-differ", "a dimension describes each level once", hint)
        yield from self.grounds(document, dimension.grounds, ())

    def instrument(self, document: Document, instrument: records.Instrument) -> Iterator[Problem]:
        for index, item in enumerate(instrument.items):
            loc = ("items", index, "dimension")
            yield from _unknown(document, loc, "dimension", item.dimension, self.dimensions)

    def routing(self, document: Document, routing: records.Routing) -> Iterator[Problem]:
        yield from _unknown(document, ("routing", "gate"), "dimension", routing.gate, self.dimensions)
        for index, id in enumerate(routing.counterpart):
            yield from _unknown(document, ("routing", "counterpart", index), "dimension", id, self.dimensions)
        if routing.debrief is not None:
            yield from _unknown(document, ("routing", "debrief"), "practice", routing.debrief, self.practices)
        for kind, practice in routing.events.practices.items():
            yield from _unknown(document, ("routing", "events", kind), "practice", practice, self.practices)

    def grounds(self, document: Document, refs: tuple[str, ...], loc: Loc) -> Iterator[Problem]:
        for index, ref in enumerate(refs):
            yield from _unknown(document, (*loc, "grounds", index), "idea", ref, self.ideas)


def _unknown(
    document: Document, loc: Loc, kind: str, id: str, known: frozenset[str], *, at_key: bool = False
) -> Iterator[Problem]:
    if id not in known:
        yield document.problem(
            loc, f"unknown-{kind}", f"there is no {kind} '{id}'", did_you_mean(id, known), at_key=at_key
        )
