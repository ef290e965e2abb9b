"""content/ → Library: every file read, then every reference between them checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from trust_playbook.library import records
from trust_playbook.library.item_rules import item_problems
from trust_playbook.library.overlay import lay_over
from trust_playbook.library.page_texts import Pages
from trust_playbook.library.practices import Practice
from trust_playbook.library.reading import Content, read_content, read_info
from trust_playbook.library.references import References
from trust_playbook.problems import Problem, raise_if_any


@dataclass(frozen=True, slots=True)
class Library:
    """All content, by id; mappings are in the order of their ids."""

    info: records.LibraryInfo
    routing: records.Routing
    dimensions: Mapping[str, records.Dimension]
    practices: Mapping[str, Practice]
    instruments: Mapping[str, records.Instrument]
    sources: Mapping[str, records.Source]
    roles: Mapping[str, records.RoleGuide]
    currencies: Mapping[str, records.Currency]
    levels: tuple[records.Level, ...]
    pages: Pages

    def level_of(self, mean: float) -> records.Level:
        """Return the stage that a mean on 1 to 7 has reached."""
        reached = [level for level in self.levels if mean >= level.at_least - 1e-9]
        return reached[-1] if reached else self.levels[0]

    def level_at(self, value: float, low: int, high: int) -> records.Level:
        """Return the stage that a value on another scale, from `low` to `high`, has reached."""
        return self.level_of(1 + (value - low) * 6 / (high - low))


def load_library(folder: Path, builtin: Path | None = None) -> Library:
    """Read and check a content folder; one that extends the builtin library is laid over it.

    Raises:
        ProblemsFound: everything that is wrong in any file, or between files.
    """
    problems: list[Problem] = []
    info = read_info(folder, problems)
    content = read_content(folder, info, problems)
    if info is not None and info.record.extends == records.BUILTIN:
        if builtin is None or builtin.resolve() == folder.resolve():
            hint = "write 'extends: none'"
            problems.append(info.document.problem(("extends",), "extends-itself", "there is nothing to extend", hint))
            raise_if_any(problems)
        assert builtin is not None
        content = lay_over(read_content(builtin, read_info(builtin, problems), problems), content, folder, problems)
    problems.extend(_reference_problems(content))
    raise_if_any(problems)
    return _library(content)


def _reference_problems(content: Content) -> Iterator[Problem]:
    sources = content.sources
    check = References(
        dimensions=content.dimensions.ids,
        practices=content.practices.ids,
        sources=sources.ids,
        ideas=frozenset(f"{id}/{idea}" for id, source in sources.records.items() for idea in source.ideas),
        unread=sources.ids - frozenset(sources.records),
        levels=tuple(level.id for level in content.levels.record.levels) if content.levels else None,
    )
    for id, practice in content.practices.records.items():
        yield from check.practice(content.practices.documents[id], practice)
    for id, dimension in content.dimensions.records.items():
        yield from check.dimension(content.dimensions.documents[id], dimension)
    for id, instrument in content.instruments.records.items():
        yield from check.instrument(content.instruments.documents[id], instrument)
        yield from item_problems(content.instruments.documents[id], instrument)
    for id, guide in content.roles.records.items():
        yield from check.role(content.roles.documents[id], guide)
    if content.currencies:
        yield from check.currencies(content.currencies.document, content.currencies.record)
    if content.info and content.info.record.routing:
        yield from check.routing(content.info.document, content.info.record.routing)


def _library(content: Content) -> Library:
    # A file that is missing or broken has been reported before.
    assert content.info
    assert content.info.record.routing
    assert content.levels
    assert content.currencies
    assert content.pages
    currencies = content.currencies.record.currencies
    return Library(
        info=content.info.record,
        routing=content.info.record.routing,
        dimensions=content.dimensions.records,
        practices=content.practices.records,
        instruments=content.instruments.records,
        sources=content.sources.records,
        roles=content.roles.records,
        currencies=MappingProxyType({currency.id: currency for currency in currencies}),
        levels=content.levels.record.levels,
        pages=content.pages.record,
    )
