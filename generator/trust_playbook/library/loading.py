"""content/ → Library: every file read, then every reference between them checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from trust_playbook.documents import Document, Record, is_id, read_record
from trust_playbook.library import records
from trust_playbook.library.practices import Practice
from trust_playbook.library.references import References
from trust_playbook.problems import Problem, did_you_mean, raise_if_any, shown

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
    """The records of one folder with their documents, and the ids of all its files, broken ones too."""

    records: Mapping[str, RecordT]
    documents: Mapping[str, Document]
    ids: frozenset[str]


def load_library(folder: Path) -> Library:
    """Read and check a content folder.

    Raises:
        ProblemsFound: everything that is wrong in any file, or between files.
    """
    problems: list[Problem] = list(_foreign_entries(folder))
    info = _one(folder / "library.yml", records.LibraryInfo, problems)
    levels = _one(folder / "levels.yml", records.Levels, problems)
    currencies = _one(folder / "currencies.yml", records.Currencies, problems)
    pages = _one(folder / "pages.yml", records.Pages, problems)
    dimensions = _folder(folder / "dimensions", records.Dimension, problems)
    practices = _folder(folder / "practices", Practice, problems)
    instruments = _folder(folder / "instruments", records.Instrument, problems)
    sources = _folder(folder / "sources", records.Source, problems)
    roles = _folder(folder / "roles", records.RoleGuide, problems)
    check = References(
        dimensions=dimensions.ids,
        practices=practices.ids,
        sources=sources.ids,
        ideas=frozenset(f"{id}/{idea}" for id, source in sources.records.items() for idea in source.ideas),
        unread=sources.ids - frozenset(sources.records),
        levels=tuple(level.id for level in levels[0].levels) if levels else None,
    )
    for id, practice in practices.records.items():
        problems.extend(check.practice(practices.documents[id], practice))
    for id, dimension in dimensions.records.items():
        problems.extend(check.dimension(dimensions.documents[id], dimension))
    for id, instrument in instruments.records.items():
        problems.extend(check.instrument(instruments.documents[id], instrument))
    for id, guide in roles.records.items():
        problems.extend(check.role(roles.documents[id], guide))
    if currencies:
        problems.extend(check.currencies(currencies[1], currencies[0]))
    if info:
        problems.extend(check.routing(info[1], info[0].routing))
    raise_if_any(problems)
    # A file that is missing or broken has been reported above.
    assert info
    assert levels
    assert currencies
    assert pages
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


FILES = frozenset({"library.yml", "levels.yml", "currencies.yml", "pages.yml"})
FOLDERS = frozenset({"dimensions", "practices", "instruments", "sources", "roles"})


def _foreign_entries(folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in FILES | FOLDERS and not path.name.startswith("."):
            hint = did_you_mean(path.name, FILES | FOLDERS)
            yield Problem(str(path), 1, 1, "foreign-file", "this does not belong into a content folder", hint)


def _one(path: Path, record_type: type[RecordT], problems: list[Problem]) -> tuple[RecordT, Document] | None:
    if not path.exists():
        hint = "a content folder holds library.yml, levels.yml, currencies.yml and pages.yml; see --content"
        problems.append(Problem(str(path), 1, 1, "missing-file", "this file is missing", hint))
        return None
    return read_record(path, record_type, problems)


def _folder(folder: Path, record_type: type[RecordT], problems: list[Problem]) -> _Files[RecordT]:
    found: dict[str, RecordT] = {}
    documents: dict[str, Document] = {}
    ids: set[str] = set()
    for path in _yaml_files(folder, problems):
        ids.add(path.stem)
        if (read := read_record(path, record_type, problems)) is not None:
            found[path.stem], documents[path.stem] = read
    return _Files(MappingProxyType(found), MappingProxyType(documents), frozenset(ids))


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
        elif not is_id(path.stem):
            hint = "use lower-case letters, digits and single hyphens, and no name that a page has already"
            problems.append(Problem(str(path), 1, 1, "bad-id", f"'{shown(path.stem)}' cannot be an id", hint))
        else:
            yield path
